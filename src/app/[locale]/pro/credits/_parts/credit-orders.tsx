import { getFormatter, getTranslations } from 'next-intl/server';
import type { CreditOrder } from '#domain/orders/list-credit-orders.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';
import { Pager } from '#ui/Pager.tsx';

interface CreditOrdersProps {
  orders: CreditOrder[];
  /** Address of the older ones; null when these are all. */
  older: string | null;
  locale: string;
}

/** What was bought, and where each purchase stands. */
export async function CreditOrders({ orders, older, locale }: CreditOrdersProps) {
  const [t, say, common, format] = await Promise.all([
    getTranslations('pro.credits'),
    getTranslations('orders'),
    getTranslations('common'),
    getFormatter(),
  ]);
  if (orders.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="orders">
      <header>
        <h2 id="orders">{t('orders')}</h2>
      </header>
      <table className="table" data-cards="">
        <thead>
          <tr>
            <th scope="col">{say('number')}</th>
            <th scope="col">{say('state')}</th>
            <th scope="col">{t('when')}</th>
            <th scope="col" className="n">
              {t('credits')}
            </th>
            <th scope="col" className="n">
              {say('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.orderId}>
              <th scope="row">{order.number}</th>
              <td data-label={say('state')}>
                {say(`states.${order.state}`)}
                {order.payUrl ? (
                  <>
                    {' '}
                    <a className="link" href={order.payUrl} aria-label={`${say('pay')}, ${order.number}`}>
                      {say('pay')}
                    </a>
                  </>
                ) : null}
              </td>
              <td className="num" data-label={t('when')}>
                <time dateTime={order.createdAt.toISOString()}>
                  {format.dateTime(order.createdAt, { dateStyle: 'medium', timeZone: 'UTC' })}
                </time>
              </td>
              <td className="n" data-label={t('credits')}>
                {format.number(order.credits)}
              </td>
              <td className="n" data-label={say('total')}>
                <b>{formatMoney(order.totalCents, order.currency, locale)}</b>
                {order.refundedCents > 0 ? (
                  <small>
                    {say('refunded', { price: formatMoney(order.refundedCents, order.currency, locale) })}
                  </small>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager label={t('orders')} next={older ? { href: older, label: common('pager.next') } : null} />
    </section>
  );
}

/** Of the order that the buyer comes back from: how it stands. */
export async function BoughtNotice({ order }: { order: CreditOrder }) {
  const t = await getTranslations('pro.credits');
  const credits = order.credits;
  if (order.state === 'paid') return <Notice state="good">{t('bought.paid', { credits })}</Notice>;
  if (order.state === 'failed') return <Notice state="bad">{t('bought.failed')}</Notice>;
  if (order.state === 'pending' || order.state === 'processing') {
    return <Notice>{t(`bought.${order.state}`)}</Notice>;
  }
  return null;
}
