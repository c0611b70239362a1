import { getFormatter, getTranslations } from 'next-intl/server';
import type { FailedPayout } from '#domain/payouts/get-platform-books.ts';
import { formatMoney } from '#ui/format-money.ts';

/** What did not reach a seller's bank. */
export async function FailedPayouts({ payouts, locale }: { payouts: FailedPayout[]; locale: string }) {
  const [t, format] = await Promise.all([getTranslations('payouts.admin'), getFormatter()]);
  return (
    <section className="panel" aria-labelledby="failed">
      <header>
        <h2 id="failed">{t('failedTitle')}</h2>
      </header>
      {payouts.length === 0 ? (
        <p className="muted">{t('noFailed')}</p>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('seller')}</th>
              <th scope="col">{t('date')}</th>
              <th scope="col">{t('reason')}</th>
              <th scope="col" className="n">
                {t('amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {payouts.map((payout) => (
              <tr key={payout.payoutId}>
                <th scope="row">{payout.name}</th>
                <td className="num" data-label={t('date')}>
                  {format.dateTime(payout.at, { dateStyle: 'medium', timeZone: 'UTC' })}
                </td>
                <td data-label={t('reason')}>{payout.reason ?? '–'}</td>
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
