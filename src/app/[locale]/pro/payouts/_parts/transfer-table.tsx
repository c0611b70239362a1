import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { OwnTransfer } from '#domain/payouts/list-own-transfers.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pager } from '#ui/Pager.tsx';

interface TransferTableProps {
  transfers: OwnTransfer[];
  /** Addresses of other pages, where there are any. */
  first: string | null;
  next: string | null;
  locale: string;
}

const LOOK = {
  held: 'warn',
  sending: undefined,
  sent: 'good',
  'nothing-left': undefined,
  'taken-back': undefined,
} as const;

/** The organisation's part of each paid order, newest first. */
export async function TransferTable({ transfers, first, next, locale }: TransferTableProps) {
  const [t, common] = await Promise.all([getTranslations('payouts.transfers'), getTranslations('common')]);
  return (
    <section className="panel payout-list" aria-labelledby="transfers">
      <header className="row">
        <h2 id="transfers">{t('title')}</h2>
        <a className="act end" href="/api/payouts/transfers.csv" download>
          <Icon name="download" />
          {t('export')}
        </a>
      </header>
      {transfers.length === 0 ? (
        <EmptyState heading="h3" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('order')}</th>
              <th scope="col">{t('event')}</th>
              <th scope="col">{t('date')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col" className="n">
                {t('share')}
              </th>
              <th scope="col" className="n">
                {t('sent')}
              </th>
            </tr>
          </thead>
          <tbody>
            {transfers.map((transfer) => (
              <TransferRow key={transfer.transferId} transfer={transfer} locale={locale} />
            ))}
          </tbody>
        </table>
      )}
      <Pager
        label={common('pager.label')}
        first={first ? { href: first, label: common('pager.first') } : null}
        next={next ? { href: next, label: common('pager.next') } : null}
      />
    </section>
  );
}

async function TransferRow({ transfer, locale }: { transfer: OwnTransfer; locale: string }) {
  const [t, format] = await Promise.all([getTranslations('payouts.transfers'), getFormatter()]);
  const { event, currency, sentCents, reversedCents } = transfer;
  const state = sentCents > 0 && reversedCents === sentCents ? 'taken-back' : transfer.state;
  return (
    <tr>
      <th scope="row">{transfer.orderNumber}</th>
      <td data-label={t('event')}>
        <EventName event={event} locale={locale} />
        {transfer.role === 'organiser' ? <small>{t('organiser')}</small> : null}
      </td>
      <td className="num" data-label={t('date')}>
        <time dateTime={transfer.createdAt.toISOString()}>
          {format.dateTime(transfer.createdAt, { dateStyle: 'medium', timeZone: 'UTC' })}
        </time>
      </td>
      <td data-label={t('state')}>
        <span className="chip" data-state={LOOK[state]}>
          {t(`states.${state}`)}
        </span>
        {state === 'held' ? <small>{formatMoney(transfer.dueCents, currency, locale)}</small> : null}
        {transfer.disputed ? <small>{t('disputed')}</small> : null}
      </td>
      <td className="n" data-label={t('share')}>
        {formatMoney(transfer.shareCents, currency, locale)}
      </td>
      <td className="n" data-label={t('sent')}>
        <b>{formatMoney(sentCents, currency, locale)}</b>
        {reversedCents > 0 ? (
          <small>{t('takenBack', { amount: formatMoney(reversedCents, currency, locale) })}</small>
        ) : null}
      </td>
    </tr>
  );
}

function EventName({ event, locale }: { event: OwnTransfer['event']; locale: string }) {
  if (!event) return '–';
  if (!event.own) return event.name;
  return (
    <Link className="link" href={`/${locale}/pro/events/${event.eventId}`} prefetch={false}>
      {event.name}
    </Link>
  );
}
