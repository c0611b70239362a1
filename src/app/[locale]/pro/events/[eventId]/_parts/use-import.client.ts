'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useState, useTransition } from 'react';

export interface RefusedImport {
  state: 'refused';
  message: string;
}

type ImportAction<Answer> = (form: FormData) => Promise<Answer | RefusedImport>;

/** The steps of an import, whatever it comes from: ask what it would do, then do it. Nothing is kept before the last one.
 *  `failed` is said when the way to the server broke: nothing was half done. */
export function useImport<Answer extends { state: string }>(eventId: string, failed: string) {
  const locale = useLocale();
  const router = useRouter();
  const [answer, setAnswer] = useState<Answer | RefusedImport | null>(null);
  const [removeMissing, setRemoveMissing] = useState(false);
  const [pending, start] = useTransition();
  const send = (action: ImportAction<Answer>, fields: Record<string, string | File | undefined>) =>
    start(async () => {
      const form = new FormData();
      const ticked = removeMissing ? { removeMissing: 'on' } : {};
      for (const [name, value] of Object.entries({ locale, eventId, ...ticked, ...fields })) {
        if (value !== undefined) form.set(name, value);
      }
      setAnswer(await action(form).catch((): RefusedImport => ({ state: 'refused', message: failed })));
      router.refresh();
    });
  const forget = () => setAnswer(null);
  return { answer, forget, pending, removeMissing, setRemoveMissing, send };
}
