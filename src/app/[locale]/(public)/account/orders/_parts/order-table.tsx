import { getFormatter, getTranslations } from 'next-intl/server';
import type { OwnOrder } from '#domain/orders/list-own-orders.ts';
import { formatMoney } from '#ui/format-money.ts';

/** One row for each order: what is in it, where it stands, and the way to it. */
export async function OrderTable({ orders, locale }: { orders: OwnOrder[]; locale: string }) {
  const t = await getTranslations('orders');
  return (
    <table className="table" data-cards="">
      <thead>
        <tr>
          <th scope="col">{t('own.what')}</th>
          <th scope="col">{t('own.when')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" className="n">
            {t('total')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('own.open')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow key={order.orderId} order={order} locale={locale} />
        ))}
      </tbody>
    </table>
  );
}

async function OrderRow({ order, locale }: { order: OwnOrder; locale: string }) {
  const [t, format] = await Promise.all([getTranslations('orders'), getFormatter()]);
  const { bibs, photoCount: count, currency } = order;
  const [bib] = bibs;
  const contents =
    order.kind === 'credits'
      ? t('own.credits', { count: order.credits })
      : bib !== undefined && bibs.length === 1
        ? t('own.photosBib', { count, bib })
        : t('own.photos', { count });
  const action = order.state === 'paid' && order.kind === 'photos' ? t('own.openPaid') : t('own.open');
  return (
    <tr>
      <th scope="row">
        {order.eventNames.length > 0 ? order.eventNames.join(', ') : contents}
        <small>
          {order.eventNames.length > 0 ? `${contents}, ` : ''}
          {order.number}
        </small>
      </th>
      <td className="num" data-label={t('own.when')}>
        <time dateTime={order.createdAt.toISOString()}>
          {format.dateTime(order.createdAt, { dateStyle: 'medium', timeZone: 'UTC' })}
        </time>
      </td>
      <td data-label={t('state')}>{t(`states.${order.state}`)}</td>
      <td className="n" data-label={t('total')}>
        <b>{formatMoney(order.totalCents, currency, locale)}</b>
        {order.refundedCents > 0 ? (
          <small>{t('refunded', { price: formatMoney(order.refundedCents, currency, locale) })}</small>
        ) : null}
      </td>
      <td>
        <a
          className="button"
          href={order.path}
          aria-label={t('own.openOrder', { what: action, number: order.number })}
        >
          {action}
        </a>
      </td>
    </tr>
  );
}
