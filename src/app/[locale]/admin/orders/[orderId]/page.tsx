import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { RefundPanel } from '#app/_web/refund-panel.tsx';
import { listDisputes } from '#domain/disputes/list-disputes.ts';
import { listOrderMovements } from '#domain/ledger/list-order-movements.ts';
import { getSoldOrder } from '#domain/orders/get-sold-order.ts';
import { PageHeader } from '#ui/PageHeader.tsx';
import { DisputeTable } from '../../disputes/_parts/dispute-table.tsx';
import { RefundTable } from '../../refunds/_parts/refund-table.tsx';
import { MovementTable } from './_parts/movement-table.tsx';
import { NoticeList } from './_parts/notice-list.tsx';
import { OrderFacts } from './_parts/order-facts.tsx';
import { SoldLines } from './_parts/sold-lines.tsx';

interface OrderPageProps {
  params: Promise<{ locale: string; orderId: string }>;
}

export async function generateMetadata({ params }: OrderPageProps): Promise<Metadata> {
  const { locale, orderId } = await params;
  const [ctx, t] = await Promise.all([requireAdminPage(locale), getTranslations('payments.order')]);
  const { number } = await getSoldOrder(ctx, { orderId }).catch(absentPage);
  return { title: t('title', { number }) };
}

/** Everything of one order: what was bought, what happened to the money, and how to give it back. */
export default async function OrderPage({ params }: OrderPageProps) {
  const { locale, orderId } = await params;
  const ctx = await requireAdminPage(locale);
  const order = await getSoldOrder(ctx, { orderId }).catch(absentPage);
  const [disputes, movements, t] = await Promise.all([
    listDisputes(ctx, { orderId }),
    listOrderMovements(ctx, { orderId }),
    getTranslations('payments'),
  ]);
  const home = `/${locale}/${ctx.config.adminPath}`;
  return (
    <>
      <PageHeader
        title={t('order.title', { number: order.number })}
        actions={
          <Link className="button" data-kind="quiet" href={`${home}/orders`}>
            {t('order.back')}
          </Link>
        }
      />
      <OrderFacts order={order} locale={locale} />
      <SoldLines order={order} locale={locale} />
      <section className="panel stack" aria-labelledby="refund">
        <h2 id="refund">{t('refund.title')}</h2>
        {order.refundable ? (
          <>
            <p className="muted">{t('refund.lead')}</p>
            <RefundPanel {...order} locale={locale} />
          </>
        ) : (
          <p className="muted">{t(order.refundedCents > 0 ? 'refund.nothing' : 'refund.notNow')}</p>
        )}
      </section>
      <section className="stack" aria-labelledby="refunds">
        <h2 id="refunds">{t('order.refunds')}</h2>
        {order.refunds.length === 0 ? (
          <p className="muted">{t('order.noRefunds')}</p>
        ) : (
          <RefundTable refunds={order.refunds} home={home} locale={locale} />
        )}
      </section>
      {disputes.length > 0 ? (
        <section className="stack" aria-labelledby="disputes">
          <h2 id="disputes">{t('order.disputes')}</h2>
          <DisputeTable disputes={disputes} home={home} locale={locale} />
        </section>
      ) : null}
      <NoticeList notices={order.notices} locale={locale} />
      <MovementTable movements={movements} locale={locale} />
    </>
  );
}
