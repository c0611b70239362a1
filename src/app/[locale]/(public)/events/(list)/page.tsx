import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { publicContext } from '#app/_web/public-context.ts';
import { EventMonths } from '#app/[locale]/(public)/_parts/event-months.tsx';
import { EventSearch } from '#app/[locale]/(public)/_parts/event-search.tsx';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { listEvents } from '#app/[locale]/(public)/_parts/list-events.ts';
import { addresses } from '#app/[locale]/(public)/_parts/seo.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pager } from '#ui/Pager.tsx';

interface EventsProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const PAGE = 24;

export async function generateMetadata({ params, searchParams }: EventsProps): Promise<Metadata> {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const [ctx, t] = await Promise.all([publicContext(locale), getTranslations('public')]);
  return {
    title: t('events.title'),
    description: t('home.lead'),
    alternates: addresses(ctx, locale, '/events'),
    robots: firstWord(query.q) ? { index: false } : undefined,
  };
}

export default async function EventsPage({ params, searchParams }: EventsProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const search = firstWord(query.q)?.slice(0, 80).trim() ?? '';
  const after = firstWord(query.after) ?? null;
  const [ctx, t, common] = await Promise.all([
    publicContext(locale),
    getTranslations('public'),
    getTranslations('common'),
  ]);
  const { events, next } = await listEvents(ctx, { search, after, limit: PAGE });
  const address = (position: string | null) => `/${locale}/events${queryOf(search, position)}`;
  return (
    <>
      <header className="lead wrap" data-small="">
        <h1>{search ? t('events.foundTitle', { search }) : t('events.title')}</h1>
        <EventSearch locale={locale} value={search} />
      </header>
      {events.length > 0 ? (
        <EventMonths events={events} locale={locale} />
      ) : (
        <EmptyState
          title={search ? t('events.notFoundTitle', { search }) : t('events.noneTitle')}
          actions={
            search ? (
              <a className="button" href={`/${locale}/events`}>
                {t('events.all')}
              </a>
            ) : null
          }
        >
          {search ? t('events.notFoundText') : t('events.noneText')}
        </EmptyState>
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: address(null), label: common('pager.first') } : null}
        next={next ? { href: address(next), label: t('events.older') } : null}
      />
    </>
  );
}

function queryOf(search: string, after: string | null): string {
  const query = new URLSearchParams({
    ...(search ? { q: search } : {}),
    ...(after ? { after } : {}),
  }).toString();
  return query ? `?${query}` : '';
}
