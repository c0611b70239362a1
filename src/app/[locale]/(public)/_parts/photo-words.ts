import { getTranslations } from 'next-intl/server';
import type { PhotoWords } from '#ui/photo-card.ts';

export async function photoWords(locale: string, timeZone: string): Promise<PhotoWords> {
  const t = await getTranslations('public');
  return { locale, timeZone, photo: t('photo.photo'), bib: t('photo.bib'), bibs: t('photo.bibs') };
}
