import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { utcInstants } from '#app/_web/utc-instant.ts';
import type { FraudWarningView } from '#domain/disputes/list-disputes.ts';
import { formatMoney } from '#ui/format-money.ts';
import { RowActions } from '../../_parts/row-actions.client.tsx';
import { answerFraudWarning } from '../actions.ts';

interface WarningListProps {
  warnings: FraudWarningView[];
  home: string;
  locale: string;
}

/** What card issuers doubt, and nobody has dealt with. Nothing when there is none. */
export async function WarningList({ warnings, home, locale }: WarningListProps) {
  if (warnings.length === 0) return null;
  const [t, instant] = await Promise.all([getTranslations('payments.warnings'), utcInstants()]);
  return (
    <section className="panel stack" aria-labelledby="warnings">
      <h2 id="warnings">{t('title')}</h2>
      <p className="muted">{t('lead')}</p>
      <ul className="cards">
        {warnings.map(({ warningId, order, intentId, actionable, at }) => {
          const amount = order ? formatMoney(order.totalCents, order.currency, locale) : '';
          const leave = { value: 'leave', label: t(order ? 'leave' : 'close') };
          return (
            <li key={warningId}>
              {order ? (
                <Link href={`${home}/orders/${order.orderId}`}>{order.number}</Link>
              ) : (
                <b>{t('unknown')}</b>
              )}
              <span className="chip" data-state={actionable ? 'bad' : 'warn'}>
                {t(actionable ? 'urgent' : 'late')}
              </span>
              {order ? <b className="num">{amount}</b> : <code className="small">{intentId}</code>}
              <span className="small muted num">{instant(at)}</span>
              <RowActions
                action={answerFraudWarning}
                id={warningId}
                buttons={order ? [{ value: 'refund', label: t('refund', { amount }) }, leave] : [leave]}
              />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
