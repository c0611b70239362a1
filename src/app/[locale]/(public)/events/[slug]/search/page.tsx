import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { absentPage, loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { RunnerList } from '#app/[locale]/(public)/_parts/runner-list.tsx';
import { SearchAgain } from '#app/[locale]/(public)/_parts/search-again.tsx';
import { searchPhotos } from '#domain/matching/search-photos.ts';
import { EmptyState } from '#ui/EmptyState.tsx';

interface SearchProps {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: SearchProps): Promise<Metadata> {
  const { locale, slug } = await params;
  const [{ event }, t] = await Promise.all([loadEvent(locale, slug), getTranslations('public')]);
  return { title: t('search.pageTitle', { name: event.name }), robots: { index: false } };
}

/** A bib leads on to its photos; a name gives the runners who bear it. */
export default async function SearchPage({ params, searchParams }: SearchProps) {
  const [{ locale, slug }, words] = await Promise.all([params, searchParams]);
  const query = firstWord(words.q)?.trim().slice(0, 80) ?? '';
  const [{ ctx, event }, t] = await Promise.all([loadEvent(locale, slug), getTranslations('public')]);
  const base = `/${locale}/events/${event.slug}`;
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
              <p>{t('search.runnersText', { count: found.runners.length })}</p>
            </div>
          </header>
          <RunnerList runners={found.runners} base={base} />
          <SearchAgain base={base} value={query} />
        </>
      ) : (
        <>
          <EmptyState title={t('search.nothingTitle', { query })} heading="h1">
            {t('search.nothingText')}
          </EmptyState>
          <SearchAgain base={base} value={query} />
        </>
      )}
    </div>
  );
}
