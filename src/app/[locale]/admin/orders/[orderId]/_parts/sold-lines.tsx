import { getTranslations } from 'next-intl/server';
import { lineLabels } from '#app/_web/refund-panel.tsx';
import type { SoldOrder } from '#domain/orders/get-sold-order.ts';
import { formatMoney } from '#ui/format-money.ts';

/** What was bought, and what of it was given back. */
export async function SoldLines({ order, locale }: { order: SoldOrder; locale: string }) {
  const [t, label] = await Promise.all([getTranslations('payments.order'), lineLabels()]);
  const money = (cents: number) => formatMoney(cents, order.currency, locale);
  return (
    <section className="stack" aria-labelledby="lines">
      <h2 id="lines">{t('lines')}</h2>
      <table className="table" data-cards="">
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('event')}</th>
            <th scope="col" className="n">
              {t('price')}
            </th>
            <th scope="col" className="n">
              {t('given')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.lineId}>
              <th scope="row">{label(line)}</th>
              <td data-label={t('event')}>{line.eventName ?? t('none')}</td>
              <td className="n" data-label={t('price')}>
                {money(line.priceCents)}
              </td>
              <td className="n" data-label={t('given')}>
                {money(line.refundedCents)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
