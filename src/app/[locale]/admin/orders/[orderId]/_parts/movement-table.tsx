import { getTranslations } from 'next-intl/server';
import { utcInstants } from '#app/_web/utc-instant.ts';
import type { OrderMovement } from '#domain/ledger/list-order-movements.ts';
import { formatMoney } from '#ui/format-money.ts';

/** What the ledger says of the order: one row for each entry. */
export async function MovementTable({ movements, locale }: { movements: OrderMovement[]; locale: string }) {
  const [t, instant] = await Promise.all([getTranslations('payments.order'), utcInstants()]);
  return (
    <section className="stack" aria-labelledby="movements">
      <h2 id="movements">{t('movements')}</h2>
      {movements.length === 0 ? (
        <p className="muted">{t('noMovements')}</p>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('movements')}</th>
              <th scope="col">{t('account')}</th>
              <th scope="col">{t('at')}</th>
              <th scope="col" className="n">
                {t('amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {movements.flatMap((movement) =>
              movement.entries.map(({ account, amount }) => (
                <tr key={`${movement.uniqueKey} ${account.kind} ${account.owner}`}>
                  <th scope="row">{t(`movementKinds.${movement.kind}`)}</th>
                  <td data-label={t('account')}>{t(`accounts.${account.kind}`)}</td>
                  <td className="num" data-label={t('at')}>
                    {instant(movement.happenedAt)}
                  </td>
                  <td className="n" data-label={t('amount')}>
                    {formatMoney(amount, account.currency, locale)}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </section>
  );
}
