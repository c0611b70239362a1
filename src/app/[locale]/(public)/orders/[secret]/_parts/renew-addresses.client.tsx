'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Addresses last a day: a page that stays open asks for new ones before that, and when somebody comes back to it. */
const RENEW_MS = 20 * 3_600_000;
const LOOK_MS = 15 * 60_000;

export function RenewAddresses() {
  const router = useRouter();
  useEffect(() => {
    let renewedAt = Date.now();
    const renew = () => {
      if (document.hidden || Date.now() - renewedAt < RENEW_MS) return;
      renewedAt = Date.now();
      router.refresh();
    };
    const timer = setInterval(renew, LOOK_MS);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [router]);
  return null;
}
