import { getTranslations } from 'next-intl/server';
import type { OrderView } from '#domain/orders/get-order.ts';
import { formatInstant } from './format-instant.ts';

interface OrderWaiverProps {
  order: OrderView;
  locale: string;
}

/** What was agreed to at checkout, word for word: it stands before the first download, as the law wants it. */
export async function OrderWaiver({ order, locale }: OrderWaiverProps) {
  const t = await getTranslations('shop');
  const { waivedAt, statements } = order.waiver;
  return (
    <section className="small muted" aria-label={t('order.waiverTitle')}>
      <p>
        {t('order.waiverText', { instant: formatInstant(waivedAt, locale) })}{' '}
        <span lang={order.locale}>{statements.join(' ')}</span>
      </p>
    </section>
  );
}
