import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { utcInstants } from '#app/_web/utc-instant.ts';
import type { RefundView } from '#domain/orders/get-sold-order.ts';
import { formatMoney } from '#ui/format-money.ts';

interface RefundTableProps {
  /** With the number of their order, where they are of several. */
  refunds: (RefundView & { orderId?: string; number?: string })[];
  home: string;
  locale: string;
}

const LOOK = { asked: 'warn', pending: 'warn', succeeded: 'good', failed: 'bad' } as const;

export async function RefundTable({ refunds, home, locale }: RefundTableProps) {
  const [t, instant] = await Promise.all([getTranslations('payments'), utcInstants()]);
  const several = refunds.some((refund) => refund.number !== undefined);
  return (
    <table className="table" data-cards="">
      <thead>
        <tr>
          <th scope="col">{t('refunds.at')}</th>
          {several ? <th scope="col">{t('refunds.order')}</th> : null}
          <th scope="col">{t('refunds.state')}</th>
          <th scope="col">{t('refunds.cause')}</th>
          <th scope="col" className="n">
            {t('refunds.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {refunds.map((refund) => (
          <tr key={refund.refundId}>
            <th scope="row" className="num">
              {instant(refund.createdAt)}
            </th>
            {several ? (
              <td data-label={t('refunds.order')}>
                <Link href={`${home}/orders/${refund.orderId}`}>{refund.number}</Link>
              </td>
            ) : null}
            <td data-label={t('refunds.state')}>
              <span className="chip" data-state={LOOK[refund.state]}>
                {t(`states.${refund.state}`)}
              </span>
            </td>
            <td data-label={t('refunds.cause')}>
              <span>
                {t(`causes.${refund.cause}`)}
                {refund.note ? <small> {refund.note}</small> : null}
              </span>
            </td>
            <td className="n" data-label={t('refunds.amount')}>
              <b>{formatMoney(refund.amountCents, refund.currency, locale)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
