'use client';

import { FailureScreen } from '#app/_web/failure-screen.client.tsx';

export default function PublicFailure({ reset }: { reset: () => void }) {
  return <FailureScreen retry={reset} />;
}
