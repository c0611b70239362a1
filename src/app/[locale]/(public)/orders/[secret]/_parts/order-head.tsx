import { getTranslations } from 'next-intl/server';
import type { OrderView } from '#domain/orders/get-order.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { formatInstant } from './format-instant.ts';

interface OrderHeadProps {
  order: OrderView;
  /** Paid, and its photos are being given to it. */
  preparing: boolean;
  locale: string;
}

/** Where the order stands, and the one thing to do about it. */
export async function OrderHead({ order, preparing, locale }: OrderHeadProps) {
  const t = await getTranslations('shop');
  const bib = order.lines.find((line) => line.bib !== null)?.bib;
  const { number, email } = order;
  const instant = formatInstant(order.paidAt ?? order.createdAt, locale);
  return (
    <header className="order-head">
      {bib ? <Bib bib={bib} /> : null}
      <div role="status">
        <h1>{await headline(order, preparing)}</h1>
        <p>{await explanation(order, preparing, locale)}</p>
        <p>
          {order.deliveredAt
            ? t('order.paidLine', { number, email, instant })
            : t('order.line', { number, email, instant })}
        </p>
        <NextStep order={order} locale={locale} />
      </div>
    </header>
  );
}

async function headline(order: OrderView, preparing: boolean): Promise<string> {
  const t = await getTranslations('shop');
  if (preparing) return t('order.state.preparing.title');
  if (order.state === 'paid') return t('order.state.paid.title', { count: order.photoCount });
  return t(`order.state.${order.state}.title`);
}

async function explanation(order: OrderView, preparing: boolean, locale: string): Promise<string | null> {
  const t = await getTranslations('shop');
  if (preparing) return t('order.state.preparing.text');
  if (order.state === 'paid') return null;
  if (order.state === 'refunded') {
    const price = formatMoney(order.refundedCents, order.currency, locale);
    return t('order.state.refunded.text', { price });
  }
  return t(`order.state.${order.state}.text`);
}

async function NextStep({ order, locale }: { order: OrderView; locale: string }) {
  const t = await getTranslations('shop');
  if (order.payUrl) {
    return (
      <p>
        <a
          className="button"
          data-kind={order.state === 'failed' ? 'primary' : undefined}
          href={order.payUrl}
        >
          {order.state === 'failed' ? t('order.retry') : t('order.toPayment')}
        </a>
      </p>
    );
  }
  if (order.state !== 'cancelled') return null;
  return (
    <p>
      <a className="button" data-kind="primary" href={`/${locale}/cart`}>
        {t('order.toCart')}
      </a>
    </p>
  );
}
