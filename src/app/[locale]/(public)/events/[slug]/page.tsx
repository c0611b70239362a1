import '#ui/styles/found.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClosedDoor } from '#app/[locale]/(public)/_parts/closed-door.tsx';
import { EventFacts } from '#app/[locale]/(public)/_parts/event-facts.tsx';
import { EventJsonLd } from '#app/[locale]/(public)/_parts/event-json-ld.tsx';
import { GallerySection } from '#app/[locale]/(public)/_parts/gallery-section.tsx';
import { Hero } from '#app/[locale]/(public)/_parts/hero.tsx';
import { loadEntrance } from '#app/[locale]/(public)/_parts/load-event.ts';
import { loadOffer } from '#app/[locale]/(public)/_parts/load-offer.ts';
import { MomentSearch } from '#app/[locale]/(public)/_parts/moment-search.tsx';
import { NameSearch } from '#app/[locale]/(public)/_parts/name-search.tsx';
import { PreSale } from '#app/[locale]/(public)/_parts/pre-sale.tsx';
import { addresses, shareCard } from '#app/[locale]/(public)/_parts/seo.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { listVisiblePhotos } from '#domain/photos/list-visible-photos.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { BibField } from '#ui/BibField.tsx';
import { formatDay } from '#ui/format-time.ts';

interface EventProps {
  params: Promise<{ locale: string; slug: string }>;
}

/** Kept for 30 seconds, made at the first visit: see docs/decisions/002. */
export const revalidate = 30;
export function generateStaticParams() {
  return [];
}

const FIRST_PAGE = 60;

export async function generateMetadata({ params }: EventProps): Promise<Metadata> {
  const { locale, slug } = await params;
  const [{ ctx, event, closed }, t] = await Promise.all([
    loadEntrance(locale, slug),
    getTranslations('public'),
  ]);
  if (closed) return { title: closed.name, robots: { index: false } };
  const path = `/events/${event.slug}`;
  const description = t('event.description', {
    name: event.name,
    place: event.place,
    day: formatDay(event.startsAt, { locale, timeZone: event.timeZone }),
  });
  return {
    title: event.name,
    description,
    alternates: addresses(ctx, locale, path),
    openGraph: shareCard(ctx, locale, { title: event.name, description, path }),
    robots: event.access === 'unlisted' ? { index: false } : undefined,
  };
}

export default async function EventPage({ params }: EventProps) {
  const { locale, slug } = await params;
  const [{ ctx, event, closed }, t] = await Promise.all([
    loadEntrance(locale, slug),
    getTranslations('public'),
  ]);
  if (closed) return <ClosedDoor event={closed} refused={null} locale={locale} />;
  const [page, counts, { sale }] = await Promise.all([
    listVisiblePhotos(ctx, { eventId: event.id, limit: FIRST_PAGE }),
    getPhotoCounts(ctx, { eventId: event.id }),
    loadOffer(locale, event.id),
  ]);
  const cover = chooseCover(event, page.photos);
  return (
    <>
      <EventJsonLd ctx={ctx} event={event} locale={locale} />
      <Hero event={event} coverPhotoId={cover.id} tone={cover.tone} locale={locale} />
      <div className="find wrap">
        <BibField
          id="bib"
          action={`/${locale}/events/${event.slug}/search`}
          label={t('search.bib')}
          submit={t('search.mine')}
          digits={event.races.every((race) => race.bibRanges.every((range) => range.prefix === ''))}
        />
        <NameSearch
          action={`/${locale}/events/${event.slug}/search`}
          open={t('search.byName')}
          label={t('search.name')}
          submit={t('search.submit')}
        />
        <MomentSearch ctx={ctx} event={event} locale={locale} />
        <PreSale event={event} sale={sale} locale={locale} />
        <EventFacts event={event} sale={sale} photoCount={counts.ready} locale={locale} />
      </div>
      <GallerySection event={event} page={page} raceId={null} live locale={locale} />
    </>
  );
}

/** The chosen cover, or the first wide photo of the gallery. */
function chooseCover(event: PublicEvent, photos: GalleryPhoto[]): { id: string | null; tone: string | null } {
  if (event.coverPhotoId) {
    const tone = photos.find((photo) => photo.id === event.coverPhotoId)?.tone ?? null;
    return { id: event.coverPhotoId, tone };
  }
  const wide = photos.find((photo) => photo.widthPx > photo.heightPx) ?? null;
  return { id: wide?.id ?? null, tone: wide?.tone ?? null };
}
