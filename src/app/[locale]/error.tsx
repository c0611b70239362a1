'use client';

import { FailureScreen } from '#app/_web/failure-screen.client.tsx';

export default function Failure({ reset }: { reset: () => void }) {
  return <FailureScreen retry={reset} />;
}
