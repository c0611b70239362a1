'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const FIRST_MS = 600;
const LONGEST_MS = 20_000;

/** Reads the page again, each time a little later, for as long as it stands here; at once when the visitor comes back to it. */
export function RefreshWhileWaiting() {
  const router = useRouter();
  useEffect(() => {
    let wait = FIRST_MS;
    let timer: ReturnType<typeof setTimeout>;
    const again = () => {
      if (!document.hidden) router.refresh();
      wait = Math.min(wait * 1.3, LONGEST_MS);
      timer = setTimeout(again, wait);
    };
    timer = setTimeout(again, wait);
    const onReturn = () => {
      if (!document.hidden) router.refresh();
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [router]);
  return null;
}
