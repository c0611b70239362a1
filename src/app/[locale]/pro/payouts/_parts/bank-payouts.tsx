import { getFormatter, getTranslations } from 'next-intl/server';
import type { BankPayout } from '#domain/payouts/list-own-bank-payouts.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';

/** What reached the bank, or did not. */
export async function BankPayouts({ payouts, locale }: { payouts: BankPayout[]; locale: string }) {
  const [t, format] = await Promise.all([getTranslations('payouts.bank'), getFormatter()]);
  return (
    <section className="panel stack payout-list" aria-labelledby="bank">
      <header>
        <h2 id="bank">{t('title')}</h2>
      </header>
      {payouts.some(({ state }) => state === 'failed') ? (
        <Notice state="warn">{t('failedHelp')}</Notice>
      ) : null}
      {payouts.length === 0 ? (
        <p className="muted">{t('empty')}</p>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('date')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col" className="n">
                {t('amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {payouts.map((payout) => (
              <tr key={payout.payoutId}>
                <th scope="row">
                  <time dateTime={payout.at.toISOString()}>
                    {format.dateTime(payout.at, { dateStyle: 'medium', timeZone: 'UTC' })}
                  </time>
                </th>
                <td data-label={t('state')}>
                  <span className="chip" data-state={payout.state === 'paid' ? 'good' : 'bad'}>
                    {t(`states.${payout.state}`)}
                  </span>
                  {payout.reason ? <small>{payout.reason}</small> : null}
                </td>
                <td className="n" data-label={t('amount')}>
                  <b>{formatMoney(payout.amountCents, payout.currency, locale)}</b>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
