import { getTranslations } from 'next-intl/server';
import type { HeldMoney } from '#domain/payouts/get-platform-books.ts';
import { formatMoney } from '#ui/format-money.ts';

/** Whose money waits here, and who owes some. */
export async function HeldTable({ held, locale }: { held: HeldMoney[]; locale: string }) {
  const t = await getTranslations('payouts.admin');
  return (
    <section className="panel" aria-labelledby="held">
      <header>
        <h2 id="held">{t('heldTitle')}</h2>
      </header>
      {held.length === 0 ? (
        <p className="muted">{t('nobody')}</p>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('seller')}</th>
              <th scope="col">{t('account')}</th>
              <th scope="col" className="n">
                {t('kept')}
              </th>
              <th scope="col" className="n">
                {t('owes')}
              </th>
            </tr>
          </thead>
          <tbody>
            {held.map((one) => {
              const account = one.canReceive === null ? 'none' : one.canReceive ? 'ready' : 'notReady';
              return (
                <tr key={`${one.organisationId}/${one.currency}`}>
                  <th scope="row">{one.name}</th>
                  <td data-label={t('account')}>
                    <span className="chip" data-state={account === 'ready' ? 'good' : 'warn'}>
                      {t(`accounts.${account}`)}
                    </span>
                  </td>
                  <td className="n" data-label={t('kept')}>
                    <b>{formatMoney(one.heldCents, one.currency, locale)}</b>
                  </td>
                  <td className="n" data-label={t('owes')}>
                    {formatMoney(one.debtCents, one.currency, locale)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
