import '#ui/styles/found.css';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { loadBrowsing } from '#app/[locale]/(public)/_parts/load-browsing.ts';
import { absentPage, loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { type Query, readMoment } from '#app/[locale]/(public)/_parts/moment.ts';
import { MomentSearch } from '#app/[locale]/(public)/_parts/moment-search.tsx';
import { RunnerList } from '#app/[locale]/(public)/_parts/runner-list.tsx';
import { SearchAgain } from '#app/[locale]/(public)/_parts/search-again.tsx';
import { searchPhotos } from '#domain/matching/search-photos.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { MomentResult } from './moment-result.tsx';

interface SearchProps {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: SearchProps): Promise<Metadata> {
  const { locale, slug } = await params;
  const [{ event }, t] = await Promise.all([loadEvent(locale, slug), getTranslations('public')]);
  return { title: t('search.pageTitle', { name: event.name }), robots: { index: false } };
}

/** A bib leads on to its photos; a name gives the runners who bear it; a time or a place, the photos of it. */
export default async function SearchPage({ params, searchParams }: SearchProps) {
  const [{ locale, slug }, words] = await Promise.all([params, searchParams]);
  const query = firstWord(words.q)?.trim().slice(0, 80) ?? '';
  const [{ ctx, event }, t, lost] = await Promise.all([
    loadEvent(locale, slug),
    getTranslations('public'),
    getTranslations('found'),
  ]);
  const base = `/${locale}/events/${event.slug}`;
  const { days, places } = await loadBrowsing(ctx, event);
  const { between } = readMoment(words, { days, timeZone: event.timeZone });
  const place = places.find(({ placeId }) => placeId === firstWord(words.place)) ?? null;
  if (between !== null || place !== null) {
    return <MomentResult asked={{ ctx, event, words, query, between, place, locale }} />;
  }
  if (query === '') redirect(base);
  const found = await searchPhotos(ctx, { eventId: event.id, query }).catch(absentPage);
  if (found.kind === 'bib') redirect(`${base}/bib/${encodeURIComponent(found.bib)}`);
  return (
    <div className="wrap">
      <p className="crumb">
        <a href={base}>← {event.name}</a>
      </p>
      {found.kind === 'runners' ? (
        <>
          <header className="page-header">
            <div>
              <h1>{t('search.runnersTitle', { query })}</h1>
              <p>
                {found.more
                  ? lost('search.firstRunners', { count: found.runners.length })
                  : t('search.runnersText', { count: found.runners.length })}
              </p>
            </div>
          </header>
          <RunnerList runners={found.runners} base={base} />
        </>
      ) : (
        <EmptyState
          title={t('search.nothingTitle', { query })}
          heading="h1"
          actions={
            <a className="button" href={`${base}/found`}>
              {lost('missingLink')}
            </a>
          }
        >
          {t('search.nothingText')}
        </EmptyState>
      )}
      <SearchAgain base={base} value={query} />
      <MomentSearch ctx={ctx} event={event} words={query} locale={locale} />
    </div>
  );
}
