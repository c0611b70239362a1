import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage } from '#app/_web/guards.ts';
import { lineLabels, RefundPanel } from '#app/_web/refund-panel.tsx';
import { type EventSale, listEventSales } from '#domain/orders/list-event-sales.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Pager } from '#ui/Pager.tsx';
import { loadOwnEvent } from '../_parts/load-own-event.ts';

interface SalesProps {
  params: Promise<{ locale: string; eventId: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

const PAGE = 30;

export async function generateMetadata({ params }: SalesProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([
    loadOwnEvent(locale, eventId),
    getTranslations('payments.sales'),
  ]);
  return { title: `${t('title')}, ${event.name}` };
}

/** What was sold of the event, order by order, and the way to give money back. */
export default async function SalesPage({ params, searchParams }: SalesProps) {
  const [{ locale, eventId }, query] = await Promise.all([params, searchParams]);
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const after = typeof query.after === 'string' ? query.after : undefined;
  const [found, t, common] = await Promise.all([
    listEventSales(ctx, { eventId, after, limit: PAGE + 1 }).catch(absentPage),
    getTranslations('payments.sales'),
    getTranslations('common'),
  ]);
  const sales = found.slice(0, PAGE);
  const last = found.length > PAGE ? sales.at(-1) : undefined;
  return (
    <section className="panel stack" aria-labelledby="sales-title">
      <h2 id="sales-title">{t('title')}</h2>
      <p className="muted">{t('lead')}</p>
      {sales.length === 0 ? (
        <EmptyState heading="h3" title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="list">
          {sales.map((sale) => (
            <SaleRow key={sale.orderId} sale={sale} locale={locale} timeZone={event.timeZone} />
          ))}
        </ul>
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: '?', label: common('pager.first') } : null}
        next={last ? { href: `?after=${last.orderId}`, label: t('next') } : null}
      />
    </section>
  );
}

const LOOK = { paid: 'good', refunded: 'warn', disputed: 'bad' } as const;

async function SaleRow({ sale, locale, timeZone }: { sale: EventSale; locale: string; timeZone: string }) {
  const [t, words, label, format] = await Promise.all([
    getTranslations('payments.sales'),
    getTranslations('admin.orders.states'),
    lineLabels(),
    getFormatter(),
  ]);
  const money = (cents: number) => formatMoney(cents, sale.currency, locale);
  const sum = (pick: (line: EventSale['lines'][number]) => number) =>
    sale.lines.reduce((total, line) => total + pick(line), 0);
  const refunded = sum((line) => line.refundedCents);
  const look =
    sale.state === 'paid' || sale.state === 'refunded' || sale.state === 'disputed'
      ? LOOK[sale.state]
      : undefined;
  const open = sale.state === 'paid' && sale.lines.some((line) => line.openCents > 0);
  return (
    <li className="sale">
      <div className="row">
        <b>{sale.number}</b>
        <span className="chip" data-state={look}>
          {words(sale.state)}
        </span>
        <span className="small muted num">
          {format.dateTime(sale.paidAt, { dateStyle: 'medium', timeStyle: 'short', timeZone })}
        </span>
        <span className="end num">
          <b>{money(sum((line) => line.priceCents))}</b>{' '}
          {refunded > 0 ? <small>{t('partly', { amount: money(refunded) })}</small> : null}
        </span>
      </div>
      <ul className="small">
        {sale.lines.map((line) => (
          <li key={line.lineId}>
            {label(line)} <span className="num">{money(line.priceCents)}</span>
          </li>
        ))}
      </ul>
      {open ? (
        <details className="fold">
          <summary>{t('refund')}</summary>
          <RefundPanel orderId={sale.orderId} currency={sale.currency} locale={locale} lines={sale.lines} />
        </details>
      ) : null}
    </li>
  );
}
