import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache } from 'react';
import { absentPage, loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { photoWords } from '#app/[locale]/(public)/_parts/photo-words.ts';
import { ViewerScreen } from '#app/[locale]/(viewer)/_parts/viewer-screen.tsx';
import { findVisibleStack } from '#domain/photos/find-visible-stack.ts';
import { getVisiblePhoto } from '#domain/photos/get-visible-photo.ts';
import { listVisiblePhotos } from '#domain/photos/list-visible-photos.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { describePhoto, toPhotoCard } from '#ui/photo-card.ts';

interface PhotoProps {
  params: Promise<{ locale: string; slug: string; photoId: string }>;
}

export const revalidate = 30;
export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: PhotoProps): Promise<Metadata> {
  const { locale, slug, photoId } = await params;
  const { event, photo } = await loadPhoto(locale, slug, photoId);
  const [t, words] = await Promise.all([getTranslations('public'), photoWords(locale, event.timeZone)]);
  const name = describePhoto(toPhotoCard(photo), null, words);
  return { title: t('viewer.pageTitle', { photo: name, name: event.name }), robots: { index: false } };
}

export default async function PhotoPage({ params }: PhotoProps) {
  const { locale, slug, photoId } = await params;
  const { ctx, event, photo } = await loadPhoto(locale, slug, photoId);
  const stack = await findVisibleStack(ctx, { photoId });
  // From one stack to the next, whichever of its frames is looked at.
  const position = stack?.position ?? photo.position;
  const [before, after] = await Promise.all([
    listVisiblePhotos(ctx, { eventId: event.id, before: position, limit: 1 }),
    listVisiblePhotos(ctx, { eventId: event.id, after: position, limit: 1 }),
  ]);
  const base = `/${locale}/events/${event.slug}`;
  return (
    <ViewerScreen
      event={event}
      photo={photo}
      author={photo.author ?? photo.copyright}
      bib={null}
      place={null}
      frames={stack?.photos ?? []}
      pack={null}
      previous={neighbour(base, before.photos[0])}
      next={neighbour(base, after.photos[0])}
      back={base}
      locale={locale}
    />
  );
}

const loadPhoto = cache(async (locale: string, slug: string, photoId: string) => {
  const { ctx, event } = await loadEvent(locale, slug);
  const photo = await getVisiblePhoto(ctx, { photoId }).catch(absentPage);
  if (photo.eventId !== event.id) notFound();
  return { ctx, event, photo };
});

function neighbour(base: string, photo: GalleryPhoto | undefined) {
  return photo ? { href: `${base}/photos/${photo.id}`, previewUrl: photo.previewUrl } : null;
}
