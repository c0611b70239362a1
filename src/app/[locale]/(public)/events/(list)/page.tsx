import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { publicContext } from '#app/_web/public-context.ts';
import { EventCalendar } from '#app/[locale]/(public)/_parts/event-calendar.tsx';
import { EventMonths } from '#app/[locale]/(public)/_parts/event-months.tsx';
import {
  daysOfPeriod,
  type EventPeriod,
  instantOfPeriod,
  readEventPeriod,
} from '#app/[locale]/(public)/_parts/event-period.ts';
import { EventSearch } from '#app/[locale]/(public)/_parts/event-search.tsx';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { listEvents } from '#app/[locale]/(public)/_parts/list-events.ts';
import { addresses } from '#app/[locale]/(public)/_parts/seo.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatDay, formatMonth } from '#ui/format-time.ts';
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
    robots: firstWord(query.q) || readPeriod(query).kind !== 'all' ? { index: false } : undefined,
  };
}

export default async function EventsPage({ params, searchParams }: EventsProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const search = firstWord(query.q)?.slice(0, 80).trim() ?? '';
  const after = firstWord(query.after) ?? null;
  const [ctx, t, found, common] = await Promise.all([
    publicContext(locale),
    getTranslations('public'),
    getTranslations('found'),
    getTranslations('common'),
  ]);
  const period = readPeriod(query);
  const { events, next } = await listEvents(ctx, { search, days: daysOfPeriod(period), after, limit: PAGE });
  const address = (position: string | null) => `/${locale}/events${queryOf({ search, period, position })}`;
  const named = periodName(period, locale);
  const title = named ? t('events.periodTitle', { period: named }) : t('events.title');
  return (
    <>
      <header className="lead wrap" data-small="">
        <h1>{search ? t('events.foundTitle', { search }) : title}</h1>
        <EventSearch locale={locale} value={search} />
        <a className="link" href={`/${locale}/find-me`}>
          {found('everywhere.link')}
        </a>
        <EventCalendar locale={locale} period={period} />
      </header>
      {events.length > 0 ? (
        <EventMonths events={events} locale={locale} />
      ) : (
        <NoEvents locale={locale} search={search} period={period} />
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: address(null), label: common('pager.first') } : null}
        next={next ? { href: address(next), label: t('events.older') } : null}
      />
    </>
  );
}

async function NoEvents({ locale, search, period }: { locale: string; search: string; period: EventPeriod }) {
  const t = await getTranslations('public');
  if (!search && period.kind === 'all') {
    return <EmptyState title={t('events.noneTitle')}>{t('events.noneText')}</EmptyState>;
  }
  const all = (
    <a className="button" href={`/${locale}/events`}>
      {t('events.all')}
    </a>
  );
  return (
    <EmptyState
      title={search ? t('events.notFoundTitle', { search }) : t('events.noneThenTitle')}
      actions={all}
    >
      {search ? t('events.notFoundText') : t('events.noneThenText')}
    </EmptyState>
  );
}

function readPeriod(query: Awaited<EventsProps['searchParams']>): EventPeriod {
  return readEventPeriod({ day: firstWord(query.day), month: firstWord(query.month) });
}

/** "juin 2026" or "dimanche 21 juin 2026"; null for all. */
function periodName({ kind, text }: EventPeriod, locale: string): string | null {
  if (kind === 'all') return null;
  const place = { locale, timeZone: 'UTC' };
  return kind === 'day' ? formatDay(instantOfPeriod(text), place) : formatMonth(instantOfPeriod(text), place);
}

function queryOf(asked: { search: string; period: EventPeriod; position: string | null }): string {
  const query = new URLSearchParams({
    ...(asked.search ? { q: asked.search } : {}),
    ...(asked.period.kind === 'all' ? {} : { [asked.period.kind]: asked.period.text }),
    ...(asked.position ? { after: asked.position } : {}),
  }).toString();
  return query ? `?${query}` : '';
}
