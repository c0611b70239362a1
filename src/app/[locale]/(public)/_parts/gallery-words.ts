import { getTranslations } from 'next-intl/server';
import type { GalleryWords } from './gallery.client.tsx';
import { photoWords } from './photo-words.ts';

export async function galleryWords(locale: string, timeZone: string): Promise<GalleryWords> {
  const [words, t] = await Promise.all([photoWords(locale, timeZone), getTranslations('public')]);
  return {
    ...words,
    more: t('gallery.more'),
    loading: t('gallery.loading'),
    failed: t('gallery.failed'),
    retry: t('gallery.retry'),
    unknownHour: t('gallery.unknownHour'),
    end: t('gallery.end'),
    newOne: t('gallery.newOne'),
    newMany: t('gallery.newMany'),
    newSome: t('gallery.newSome'),
    frames: t('gallery.frames'),
    ofMoment: t('gallery.ofMoment'),
  };
}
