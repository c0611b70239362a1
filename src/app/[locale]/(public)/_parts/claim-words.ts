import { getTranslations } from 'next-intl/server';
import type { ClaimWords } from './claim-form.client.tsx';
import { photoWords } from './photo-words.ts';

export async function claimWords(
  kind: 'me' | 'notMe',
  locale: string,
  timeZone: string,
): Promise<ClaimWords> {
  const [words, t] = await Promise.all([photoWords(locale, timeZone), getTranslations('found')]);
  return {
    ...words,
    pick: t(`${kind}.pick`),
    bibLabel: t('bib'),
    sendNone: t(`${kind}.sendNone`),
    sendOne: t(`${kind}.sendOne`),
    sendMany: t(`${kind}.sendMany`),
    pending: t('pending'),
    what: t(`${kind}.what`),
  };
}
