import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { requireProPage } from '#app/_web/guards.ts';
import { listOwnEvents } from '#domain/events/list-own-events.ts';
import { listOwnSales } from '#domain/orders/list-own-sales.ts';
import { listPhotoCounts } from '#domain/photos/list-photo-counts.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { shortDay } from './_parts/short-day.ts';
import { StatusChip } from './_parts/status-chip.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pro');
  return { title: t('dashboard.title') };
}

const EVENTS_SHOWN = 50;

export default async function DashboardPage({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  const ctx = await requireProPage(locale, `/${locale}/pro`);
  const [events, sales, t] = await Promise.all([
    listOwnEvents(ctx),
    listOwnSales(ctx),
    getTranslations('pro'),
  ]);
  const home = `/${locale}/pro/events`;
  const create = (
    <Link className="button" data-kind="primary" href={`${home}/new`}>
      <Icon name="plus" />
      {t('rail.create')}
    </Link>
  );
  if (events.length === 0) {
    return (
      <main id="content" className="desk-main" tabIndex={-1}>
        <EmptyState heading="h1" title={t('dashboard.emptyTitle')} actions={create}>
          {t('dashboard.emptyText')}
        </EmptyState>
      </main>
    );
  }
  const shown = events.slice(0, EVENTS_SHOWN);
  const counts = await listPhotoCounts(ctx, { eventIds: events.map(({ id }) => id) });
  const salesOf = new Map(sales.map((sale) => [sale.eventId, sale]));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const money = (cents: number) => formatMoney(cents, 'eur', locale);
  const number = (value: number) => value.toLocaleString(locale);
  const ready = sum([...counts.values()].map((count) => count.ready));
  const waiting = sum([...counts.values()].map((count) => count.received + count.prepared));
  return (
    <main id="content" className="desk-main" tabIndex={-1}>
      <header className="row">
        <h1>{t('dashboard.title')}</h1>
        <span className="end">{create}</span>
      </header>
      <dl className="kpis">
        <div className="figure">
          <dt>{t('dashboard.sales')}</dt>
          <dd>{money(sum(sales.map((sale) => sale.grossCents)))}</dd>
          <dd className="sub">{t('dashboard.salesNote')}</dd>
        </div>
        <div className="figure">
          <dt>{t('dashboard.orders')}</dt>
          <dd>{number(sum(sales.map((sale) => sale.orders)))}</dd>
        </div>
        <div className="figure">
          <dt>{t('dashboard.photos')}</dt>
          <dd>{number(ready)}</dd>
          <dd className="sub">{t('dashboard.photosWaiting', { count: waiting })}</dd>
        </div>
        <div className="figure">
          <dt>{t('dashboard.published')}</dt>
          <dd>{number(events.filter(({ status }) => status === 'published').length)}</dd>
          <dd className="sub">{t('dashboard.ofEvents', { count: events.length })}</dd>
        </div>
      </dl>
      <section className="panel" aria-labelledby="events">
        <header>
          <h2 id="events">{t('rail.events')}</h2>
        </header>
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('dashboard.event')}</th>
              <th scope="col">{t('dashboard.state')}</th>
              <th scope="col" className="n">
                {t('dashboard.photos')}
              </th>
              <th scope="col" className="n">
                {t('dashboard.orders')}
              </th>
              <th scope="col" className="n">
                {t('dashboard.sales')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((event) => (
              <tr key={event.id}>
                <th scope="row">
                  <Link href={`${home}/${event.id}`} prefetch={false}>
                    {event.name}
                  </Link>
                  <small>
                    {shortDay(event.startsAt, locale, event.timeZone)}, {event.place}
                  </small>
                </th>
                <td data-label={t('dashboard.state')}>
                  <StatusChip status={event.status} />
                </td>
                <td className="n" data-label={t('dashboard.photos')}>
                  {number(counts.get(event.id)?.ready ?? 0)}
                </td>
                <td className="n" data-label={t('dashboard.orders')}>
                  {number(salesOf.get(event.id)?.orders ?? 0)}
                </td>
                <td className="n" data-label={t('dashboard.sales')}>
                  <b>{money(salesOf.get(event.id)?.grossCents ?? 0)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </main>
  );
}
