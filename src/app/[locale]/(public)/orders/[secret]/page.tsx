import '#ui/styles/shop.css';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { absentPage } from '#app/_web/guards.ts';
import { RefreshWhileWaiting } from '#app/_web/refresh-while.client.tsx';
import { requestContext } from '#app/_web/request-context.ts';
import { CountAgain } from '#app/[locale]/(public)/cart/_parts/count-again.client.tsx';
import { OrderFiles } from '#app/[locale]/(public)/orders/[secret]/_parts/order-files.tsx';
import { OrderHead } from '#app/[locale]/(public)/orders/[secret]/_parts/order-head.tsx';
import { OrderReceipt } from '#app/[locale]/(public)/orders/[secret]/_parts/order-receipt.tsx';
import { OrderWaiver } from '#app/[locale]/(public)/orders/[secret]/_parts/order-waiver.tsx';
import { RenewAddresses } from '#app/[locale]/(public)/orders/[secret]/_parts/renew-addresses.client.tsx';
import { getOrderBySecret } from '#domain/orders/get-order.ts';
import { recordVisit } from '#domain/orders/record-visit.ts';

interface OrderProps {
  params: Promise<{ locale: string; secret: string }>;
  searchParams: Promise<{ page?: string | string[] }>;
}

/** The address is the key: it must not leave with a link, nor enter an index. */
export async function generateMetadata({ params }: Pick<OrderProps, 'params'>): Promise<Metadata> {
  const { locale, secret } = await params;
  const [ctx, t] = await Promise.all([requestContext(locale), getTranslations('shop')]);
  const { number } = await getOrderBySecret(ctx, { secret }).catch(absentPage);
  return {
    title: t('order.title', { number }),
    robots: { index: false, follow: false },
    referrer: 'same-origin',
  };
}

/** Reads where the order stands and never sets it, also when the buyer comes back from paying. */
export default async function OrderPage({ params, searchParams }: OrderProps) {
  const { locale, secret } = await params;
  const [ctx, received, asked] = await Promise.all([requestContext(locale), headers(), searchParams]);
  const page = pageOf(asked.page);
  const order = await getOrderBySecret(ctx, { secret, page }).catch(absentPage);
  const from = { clientAddress: received.get('client-address'), userAgent: received.get('user-agent') };
  await recordVisit(ctx, { orderId: order.orderId, ...from });
  if (order.kind === 'credits') redirect(`/${locale}/pro/credits?order=${order.number}`);
  const preparing = order.state === 'paid' && order.deliveredAt === null;
  // A refused payment may be tried again: its page must see that it went through.
  const making = order.state === 'paid' && order.files.some((file) => file.state === 'preparing');
  const waiting = preparing || making || ['pending', 'processing', 'failed'].includes(order.state);
  return (
    <div className="wrap order">
      {waiting ? <RefreshWhileWaiting /> : <RenewAddresses />}
      <CountAgain cart={order.state} />
      <OrderHead order={order} preparing={preparing || making} locale={locale} />
      {order.state === 'paid' ? <OrderWaiver order={order} locale={locale} /> : null}
      {order.state === 'paid' && !preparing ? (
        <div className="split">
          <OrderFiles order={order} locale={locale} />
          <OrderReceipt order={order} secret={secret} locale={locale} />
        </div>
      ) : (
        <div className="order-only">
          <OrderReceipt order={order} secret={secret} locale={locale} />
        </div>
      )}
    </div>
  );
}

function pageOf(asked: string | string[] | undefined): number {
  const page = Number(asked);
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}
