import { getTranslations } from 'next-intl/server';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { PhotoFigure } from '#ui/PhotoFigure.tsx';
import { describePhoto, toPhotoCard } from '#ui/photo-card.ts';
import { photoWords } from './photo-words.ts';

interface MomentPhotosProps {
  event: PublicEvent;
  photos: GalleryPhoto[];
  locale: string;
}

const EAGER = 6;

/** The photos of a search by time and place, in the order they were taken. */
export async function MomentPhotos({ event, photos, locale }: MomentPhotosProps) {
  const [t, words] = await Promise.all([getTranslations('found'), photoWords(locale, event.timeZone)]);
  const base = `/${locale}/events/${event.slug}`;
  if (photos.length === 0) {
    const lost = { href: `${base}/found`, label: t('missingLink') };
    return (
      <EmptyState
        title={t('search.noneTitle')}
        actions={
          <a className="button" href={lost.href}>
            {lost.label}
          </a>
        }
      >
        {t('search.noneText')}
      </EmptyState>
    );
  }
  return (
    <section className="result-body" aria-label={t('search.title')}>
      <div className="photos" data-large="">
        {photos.map((photo, index) => (
          <PhotoFigure
            key={photo.id}
            photo={toPhotoCard(photo)}
            href={`${base}/photos/${photo.id}`}
            alt={describePhoto(toPhotoCard(photo), index + 1, words)}
            eager={index < EAGER}
          />
        ))}
      </div>
    </section>
  );
}
