import { useEffect } from 'react';

/** Keeps the screen lit while the page is looked at, where the browser can. */
export function useAwakeScreen(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return;
    let lock: WakeLockSentinel | null = null;
    const hold = async () => {
      if (document.visibilityState !== 'visible') return;
      // Refused on a low battery: the clock goes on without.
      lock = await navigator.wakeLock.request('screen').catch(() => null);
    };
    document.addEventListener('visibilitychange', hold);
    hold();
    return () => {
      document.removeEventListener('visibilitychange', hold);
      lock?.release();
    };
  }, []);
}
