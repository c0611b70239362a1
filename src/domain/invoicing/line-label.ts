import type { Locale } from '#context.ts';

interface OrderedLine {
  kind: 'photo' | 'all-photos' | 'whole-event' | 'credits';
  size: 'web' | 'original';
  bib: string | null;
  eventName: string | null;
  credits: number | null;
}

/** What an invoice calls a line of an order. */
export function lineLabel({ kind, size, bib, eventName, credits }: OrderedLine, locale: Locale): string {
  const words = WORDS[locale];
  if (kind === 'credits') return words.credits(credits ?? 0);
  const what =
    kind === 'photo' ? words.photo[size] : kind === 'all-photos' ? words.allPhotos : words.wholeEvent;
  return [what, eventName, bib ? words.bib(bib) : null].filter(Boolean).join(', ');
}

const WORDS = {
  fr: {
    photo: { web: 'Photo numérique, format web', original: 'Photo numérique, fichier d’origine' },
    allPhotos: 'Toutes les photos numériques d’un coureur',
    wholeEvent: 'Toutes les photos numériques de l’événement',
    bib: (bib: string) => `dossard ${bib}`,
    credits: (credits: number) => `${credits} crédits de traitement de photos`,
  },
  en: {
    photo: { web: 'Digital photo, web size', original: 'Digital photo, original file' },
    allPhotos: 'All digital photos of one runner',
    wholeEvent: 'All digital photos of the event',
    bib: (bib: string) => `bib ${bib}`,
    credits: (credits: number) => `${credits} photo processing credits`,
  },
};
