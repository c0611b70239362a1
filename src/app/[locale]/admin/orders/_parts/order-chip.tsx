import { getTranslations } from 'next-intl/server';
import type { OrderState } from '#domain/orders/order.ts';

const LOOK: Partial<Record<OrderState, 'good' | 'warn' | 'bad'>> = {
  paid: 'good',
  failed: 'bad',
  refunded: 'warn',
  disputed: 'bad',
};

/** Where an order stands, in a word. */
export async function OrderChip({ state }: { state: OrderState }) {
  const t = await getTranslations('admin.orders');
  return (
    <span className="chip" data-state={LOOK[state]}>
      {t(`states.${state}`)}
    </span>
  );
}
