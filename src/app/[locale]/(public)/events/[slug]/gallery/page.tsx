import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { GallerySection } from '#app/[locale]/(public)/_parts/gallery-section.tsx';
import { absentPage, loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { addresses } from '#app/[locale]/(public)/_parts/seo.ts';
import { listVisiblePhotos } from '#domain/photos/list-visible-photos.ts';

interface GalleryProps {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const PAGE = 60;

export async function generateMetadata({ params }: GalleryProps): Promise<Metadata> {
  const { locale, slug } = await params;
  const [{ ctx, event }, t] = await Promise.all([loadEvent(locale, slug), getTranslations('public')]);
  return {
    title: t('gallery.pageTitle', { name: event.name }),
    alternates: addresses(ctx, locale, `/events/${event.slug}`),
    robots: { index: false, follow: true },
  };
}

/** The gallery of one race, or its continuation where no script loads it. */
export default async function GalleryPage({ params, searchParams }: GalleryProps) {
  const [{ locale, slug }, query] = await Promise.all([params, searchParams]);
  const { ctx, event } = await loadEvent(locale, slug);
  const race = event.races.find((one) => one.id === firstWord(query.race)) ?? null;
  const page = await listVisiblePhotos(ctx, {
    eventId: event.id,
    after: firstWord(query.after),
    raceId: race?.id,
    limit: PAGE,
  }).catch(absentPage);
  return (
    <>
      <div className="wrap">
        <p className="crumb">
          <a href={`/${locale}/events/${event.slug}`}>← {event.name}</a>
        </p>
        <header className="page-header">
          <h1>{race?.name ?? event.name}</h1>
        </header>
      </div>
      <GallerySection event={event} page={page} raceId={race?.id ?? null} locale={locale} />
    </>
  );
}
