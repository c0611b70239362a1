import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { canTransition, EVENT_TRANSITIONS, type EventTransition, type Race } from '#domain/events/event.ts';
import { getRereading } from '#domain/ingest/get-rereading.ts';
import { listOwnSales } from '#domain/orders/list-own-sales.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { findOffers } from '#domain/pricing/find-offers.ts';
import { countStartList } from '#domain/timing/list-start-list.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { formatClock, formatDay } from '#ui/format-time.ts';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/Notice.tsx';
import { printBibRanges } from '../_parts/event-fields.ts';
import { EventMoves } from './_parts/event-moves.client.tsx';
import { loadOwnEvent } from './_parts/load-own-event.ts';
import { RereadingPanel } from './_parts/rereading-panel.client.tsx';

interface OverviewProps {
  params: Promise<{ locale: string; eventId: string }>;
}

export async function generateMetadata({ params }: OverviewProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const { event } = await loadOwnEvent(locale, eventId);
  return { title: event.name };
}

export default async function EventOverviewPage({ params }: OverviewProps) {
  const { locale, eventId } = await params;
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const [counts, runners, [sales], rereading, offers, t, prices] = await Promise.all([
    getPhotoCounts(ctx, { eventId }),
    countStartList(ctx, { eventId }),
    listOwnSales(ctx, { eventId }),
    getRereading(ctx, { eventId }),
    findOffers(ctx, [eventId]),
    getTranslations('pro'),
    getTranslations('prices'),
  ]);
  const selling = offers.get(eventId)?.selling ?? 'paid';
  const home = `/${locale}/pro/events/${eventId}`;
  const place = { locale, timeZone: event.timeZone };
  const number = (value: number) => value.toLocaleString(locale);
  const moves = transitions().filter((move) => canTransition(event.status, move));
  return (
    <>
      <Notice state={event.status === 'published' ? 'good' : 'plain'}>{t(`event.is.${event.status}`)}</Notice>
      <ClientMessages namespaces={['pro']}>
        <EventMoves eventId={eventId} moves={moves} />
      </ClientMessages>
      <dl className="kpis">
        <div className="figure">
          <dt>{t('event.photosReady')}</dt>
          <dd>{number(counts.ready)}</dd>
          <dd className="sub">
            {t('dashboard.photosWaiting', { count: counts.received + counts.prepared })}
          </dd>
        </div>
        <div className="figure">
          <dt>{t('event.photosFailed')}</dt>
          <dd>{number(counts.failed)}</dd>
        </div>
        <div className="figure">
          <dt>{t('event.runners')}</dt>
          <dd>{number(runners)}</dd>
        </div>
        <div className="figure">
          <dt>{t('dashboard.sales')}</dt>
          <dd>{formatMoney(sales?.grossCents ?? 0, event.currency, locale)}</dd>
          <dd className="sub">{t('event.orders', { count: sales?.orders ?? 0 })}</dd>
        </div>
      </dl>
      {runners === 0 ? (
        <Notice>
          {t('event.noStartList')}{' '}
          <Link className="link" href={`${home}/start-list`}>
            {t('event.bringStartList')}
          </Link>
        </Notice>
      ) : null}
      {counts.ready + counts.failed > 0 ? (
        <ClientMessages namespaces={['pro']}>
          <RereadingPanel eventId={eventId} rereading={rereading} />
        </ClientMessages>
      ) : null}
      <section className="panel" aria-labelledby="facts">
        <header>
          <h2 id="facts">{t('event.facts')}</h2>
          <Link className="act end" href={`${home}/edit`}>
            <Icon name="edit" />
            {t('tabs.edit')}
          </Link>
        </header>
        <ul className="facts">
          <li>
            <Icon name="calendar" />
            {formatDay(event.startsAt, place)}, {formatClock(event.startsAt, place)} ({event.timeZone})
          </li>
          <li>
            <Icon name="place" />
            {event.place}
          </li>
          <li>
            <Icon name="flag" />
            {t(`sports.${event.sport}`)}
          </li>
          <li>
            <Icon name="wallet" />
            <Link className="link" href={`${home}/prices`}>
              {selling === 'paid'
                ? t('event.prices', {
                    photo: formatMoney(event.photoPriceCents, event.currency, locale),
                    all: formatMoney(event.allPhotosPriceCents, event.currency, locale),
                  })
                : prices(`selling.${selling}`)}
            </Link>
          </li>
        </ul>
      </section>
      <section className="panel" aria-labelledby="races">
        <header>
          <h2 id="races">{t('form.races')}</h2>
        </header>
        {event.races.length === 0 ? <p className="muted">{t('event.noRaces')}</p> : null}
        <ul className="list races">
          {event.races.map((race) => (
            <li key={race.id}>
              <Bib bib={firstBib(race)} colour={race.colour} size="18px" />
              <span>
                {race.name}
                <span className="muted small"> {printBibRanges(race.bibRanges)}</span>
              </span>
              <span className="num muted">
                {race.distanceMeters === null
                  ? ''
                  : `${(race.distanceMeters / 1000).toLocaleString(locale)} km`}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function transitions(): EventTransition[] {
  // Object.keys forgets that these are exactly the transitions.
  return Object.keys(EVENT_TRANSITIONS) as EventTransition[];
}

function firstBib(race: Race): string {
  const [range] = race.bibRanges;
  return range ? `${range.prefix}${range.first}` : '–';
}
