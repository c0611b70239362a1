import { getTranslations } from 'next-intl/server';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import type { PhotoPage } from '#domain/photos/list-visible-photos.ts';
import { raceStyle } from '#ui/Bib.tsx';
import { BibField } from '#ui/BibField.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { toPhotoCard } from '#ui/photo-card.ts';
import { FloatingCart } from './cart-link.client.tsx';
import { Gallery } from './gallery.client.tsx';
import { galleryWords } from './gallery-words.ts';

interface GallerySectionProps {
  event: PublicEvent;
  page: PhotoPage;
  raceId: string | null;
  /** The whole gallery from its start: new photos are told of while it is open. */
  live?: boolean;
  locale: string;
}

/** The search that stays on top, the races to choose from, and the photos. */
export async function GallerySection({ event, page, raceId, live = false, locale }: GallerySectionProps) {
  const [t, common, words] = await Promise.all([
    getTranslations('public'),
    getTranslations('common'),
    galleryWords(locale, event.timeZone),
  ]);
  const base = `/${locale}/events/${event.slug}`;
  return (
    <section id="photos" aria-labelledby="photos-title">
      <div className="stick">
        <BibField
          id="bib-small"
          action={`${base}/search`}
          label={t('search.bibOrName')}
          submit={t('search.submit')}
          small
        />
        {event.races.length > 1 ? (
          <RaceFilter
            event={event}
            raceId={raceId}
            base={base}
            all={t('gallery.all')}
            label={t('gallery.filter')}
          />
        ) : null}
        <FloatingCart
          locale={locale}
          label={common('nav.cart')}
          item={common('nav.item')}
          items={common('nav.items')}
        />
      </div>
      <h2 className="sr-only" id="photos-title">
        {t('gallery.title')}
      </h2>
      <Gallery
        key={raceId ?? 'all'}
        eventId={event.id}
        raceId={raceId}
        live={live}
        photos={page.photos.map(toPhotoCard)}
        next={page.next}
        photoBase={`${base}/photos`}
        nextBase={`${base}/gallery?${raceId ? `race=${raceId}&` : ''}after={after}`}
        words={words}
        empty={
          <EmptyState title={raceId ? t('gallery.noneOfRaceTitle') : t('gallery.noneTitle')} heading="h3">
            {t('gallery.noneText')}
          </EmptyState>
        }
      />
    </section>
  );
}

interface RaceFilterProps {
  event: PublicEvent;
  raceId: string | null;
  base: string;
  all: string;
  label: string;
}

function RaceFilter({ event, raceId, base, all, label }: RaceFilterProps) {
  return (
    <nav className="filters" aria-label={label}>
      <a href={`${base}#photos`} aria-current={raceId === null ? 'true' : undefined}>
        {all}
      </a>
      {event.races.map((race) => (
        <a
          key={race.id}
          href={`${base}/gallery?race=${race.id}`}
          aria-current={race.id === raceId ? 'true' : undefined}
          style={raceStyle(race.colour)}
        >
          <i className="dot" />
          {race.name}
        </a>
      ))}
    </nav>
  );
}
