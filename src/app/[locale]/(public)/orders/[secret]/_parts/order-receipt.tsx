import { getTranslations } from 'next-intl/server';
import type { OrderView } from '#domain/orders/get-order.ts';
import { formatMoney } from '#ui/format-money.ts';
import { type SumRow, Sums } from '#ui/shop/Sums.tsx';
import { formatInstant } from './format-instant.ts';
import { OrderMissing } from './order-missing.tsx';
import { OrderRights } from './order-rights.tsx';

interface OrderReceiptProps {
  order: OrderView;
  /** Of the order's address. */
  secret: string;
  locale: string;
}

/** What was bought for how much, what the link is, and what was agreed to. */
export async function OrderReceipt({ order, secret, locale }: OrderReceiptProps) {
  const t = await getTranslations('shop');
  const money = (cents: number) => formatMoney(cents, order.currency, locale);
  const delivered = order.state === 'paid' || order.state === 'refunded' || order.state === 'disputed';
  const rows = await receiptRows(order, money);
  const paidBack =
    order.refundedCents > 0
      ? [{ key: 'refunded', label: t('order.refunded'), amount: money(-order.refundedCents) }]
      : [];
  return (
    <aside className="stack">
      <section className="panel stack">
        <h2>{delivered ? t('order.receipt') : t('checkout.recap')}</h2>
        <Sums
          rows={[...rows, ...paidBack]}
          total={{ label: t('order.total'), amount: money(order.totalCents - order.refundedCents) }}
        />
      </section>
      <OrderRights secret={secret} locale={locale} />
      {order.state === 'paid' ? <OrderMissing order={order} secret={secret} locale={locale} /> : null}
      {order.state === 'paid' ? (
        <section className="panel stack">
          <h2>{t('order.keepTitle')}</h2>
          <p className="small">{t('order.keepText')}</p>
        </section>
      ) : null}
      <section className="panel stack small">
        <h2>{t('order.waiverTitle')}</h2>
        {order.state === 'paid' ? null : <Agreed order={order} locale={locale} />}
        {delivered ? (
          <p>
            {order.firstDownloadAt
              ? t('order.waiverDone', { instant: formatInstant(order.firstDownloadAt, locale) })
              : t('order.waiverOpen')}
          </p>
        ) : null}
        {delivered ? <p>{t('order.problem')}</p> : null}
      </section>
    </aside>
  );
}

/** Where there is nothing to download it stands here, else above the files. */
async function Agreed({ order, locale }: Pick<OrderReceiptProps, 'order' | 'locale'>) {
  const t = await getTranslations('shop');
  return (
    <>
      <p>{t('order.waiverText', { instant: formatInstant(order.waiver.waivedAt, locale) })}</p>
      <ul>
        {order.waiver.statements.map((statement) => (
          <li key={statement} lang={order.locale}>
            {statement}
          </li>
        ))}
      </ul>
    </>
  );
}

/** One row per pack, and one per runner for photos bought one by one; what a pack covers has no row. */
async function receiptRows(order: OrderView, money: (cents: number) => string): Promise<SumRow[]> {
  const t = await getTranslations('shop');
  const groups = new Map<string, { label: string; count: number; cents: number; pack: boolean }>();
  for (const line of order.lines) {
    const pack = line.kind === 'all-photos';
    const key = JSON.stringify([line.kind, line.eventId, line.bib]);
    const group = groups.get(key) ?? { label: line.eventName ?? '', count: 0, cents: 0, pack };
    if (pack) group.label = `${t('order.lineAll', { bib: line.bib ?? '' })}, ${line.eventName}`;
    group.count += 1;
    group.cents += line.priceCents;
    groups.set(key, group);
  }
  const told = [...groups].filter(([, group]) => group.cents > 0 || order.totalCents === 0);
  return told.map(([key, { label, count, cents, pack }]) => ({
    key,
    label: pack ? label : `${t('order.linePhoto', { count })}, ${label}`,
    amount: money(cents),
  }));
}
