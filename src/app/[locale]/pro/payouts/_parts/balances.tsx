import { getTranslations } from 'next-intl/server';
import type { OwnBalance } from '#domain/payouts/get-own-payouts.ts';
import { formatMoney } from '#ui/format-money.ts';

/** Where the organisation's money is, a row of figures for each currency. */
export async function Balances({ balances, locale }: { balances: OwnBalance[]; locale: string }) {
  const t = await getTranslations('payouts.balance');
  return balances.map(({ currency, toBePaidCents, onItsWayCents, debtCents, paidOutCents }) => {
    const figures = [
      ['toBePaid', toBePaidCents],
      ['onItsWay', onItsWayCents],
      ['paidOut', paidOutCents],
      ...(debtCents > 0 ? ([['debt', debtCents]] as const) : []),
    ] as const;
    return (
      <dl key={currency} className="kpis">
        {figures.map(([name, cents]) => (
          <div key={name} className="figure">
            <dt>{t(name)}</dt>
            <dd>{formatMoney(cents, currency, locale)}</dd>
            <dd className="sub">{t(`${name}Note`)}</dd>
          </div>
        ))}
      </dl>
    );
  });
}
