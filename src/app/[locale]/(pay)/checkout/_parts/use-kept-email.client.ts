'use client';

import { useEffect, useState } from 'react';

const EMAIL_KEY = 'checkout e-mail';

/** The address typed, kept while the tab is open: who comes back from paying need not type it again. */
export function useKeptEmail(known: string): [string, (email: string) => void] {
  const [email, setEmail] = useState(known);
  useEffect(() => {
    try {
      if (known === '') setEmail(sessionStorage.getItem(EMAIL_KEY) ?? '');
    } catch {
      // Storage is forbidden: it is typed again.
    }
  }, [known]);
  function keep(typed: string): void {
    setEmail(typed);
    try {
      sessionStorage.setItem(EMAIL_KEY, typed);
    } catch {
      // Storage is full or forbidden: it is typed again.
    }
  }
  return [email, keep];
}
