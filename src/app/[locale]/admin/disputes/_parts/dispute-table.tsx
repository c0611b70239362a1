import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { utcInstants } from '#app/_web/utc-instant.ts';
import type { DisputeSummary } from '#domain/disputes/list-disputes.ts';
import { formatMoney } from '#ui/format-money.ts';
import { reasonWords } from './reason-words.ts';

interface DisputeTableProps {
  disputes: DisputeSummary[];
  home: string;
  locale: string;
}

export const DISPUTE_LOOK = {
  'needs-response': 'bad',
  'under-review': 'warn',
  won: 'good',
  lost: undefined,
} as const;

export async function DisputeTable({ disputes, home, locale }: DisputeTableProps) {
  const [t, reason, instant] = await Promise.all([
    getTranslations('payments.disputes'),
    reasonWords(),
    utcInstants(),
  ]);
  return (
    <table className="table" data-cards="">
      <thead>
        <tr>
          <th scope="col">{t('order')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col">{t('respondBy')}</th>
          <th scope="col">{t('reason')}</th>
          <th scope="col" className="n">
            {t('amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {disputes.map((dispute) => (
          <tr key={dispute.disputeId}>
            <th scope="row">
              <Link href={`${home}/disputes/${encodeURIComponent(dispute.disputeId)}`}>
                {dispute.order?.number ?? t('noOrder')}
              </Link>
            </th>
            <td data-label={t('state')}>
              <span className="chip" data-state={DISPUTE_LOOK[dispute.state]}>
                {t(`states.${dispute.state}`)}
              </span>
            </td>
            <td className="num" data-label={t('respondBy')}>
              {dispute.respondBy ? instant(dispute.respondBy) : '–'}
            </td>
            <td data-label={t('reason')}>{reason(dispute.reason)}</td>
            <td className="n" data-label={t('amount')}>
              <b>{formatMoney(dispute.amountCents, dispute.currency, locale)}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
