import { getTranslations } from 'next-intl/server';
import { utcInstants } from '#app/_web/utc-instant.ts';
import type { SoldOrder } from '#domain/orders/get-sold-order.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Pairs } from '#ui/Pairs.tsx';
import { OrderChip } from '../../_parts/order-chip.tsx';

/** Who bought it, when, and where its money stands. */
export async function OrderFacts({ order, locale }: { order: SoldOrder; locale: string }) {
  const [t, instant] = await Promise.all([getTranslations('payments.order'), utcInstants()]);
  const money = (cents: number) => formatMoney(cents, order.currency, locale);
  const when = (at: Date | null) => (at ? instant(at) : t('none'));
  const { payment } = order;
  const rows = [
    { label: t('buyer'), value: order.email },
    { label: t('from'), value: order.clientAddress ?? t('none') },
    { label: t('placed'), value: when(order.createdAt) },
    { label: t('paid'), value: when(order.paidAt) },
    { label: t('delivered'), value: when(order.deliveredAt) },
    { label: t('total'), value: money(order.totalCents) },
    { label: t('refunded'), value: money(order.refundedCents) },
    {
      label: t('provider'),
      value: payment
        ? `${payment.provider}, ${t(`paymentStates.${payment.state}`)}${payment.intentId ? ` (${payment.intentId})` : ''}`
        : t('none'),
    },
    {
      label: t('fee'),
      value:
        payment?.providerFeeCents === null || payment === null ? t('none') : money(payment.providerFeeCents),
    },
  ];
  return (
    <section className="panel stack" aria-labelledby="facts">
      <h2 id="facts">
        {t('facts')} <OrderChip state={order.state} />
      </h2>
      <Pairs rows={rows} />
    </section>
  );
}
