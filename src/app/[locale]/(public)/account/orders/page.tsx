import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { absentPage, requireAccountPage } from '#app/_web/guards.ts';
import { getAccount } from '#domain/accounts/get-account.ts';
import { claimOrders } from '#domain/orders/claim-orders.ts';
import { listOwnOrders } from '#domain/orders/list-own-orders.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Notice } from '#ui/Notice.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { Pager } from '#ui/Pager.tsx';
import { OrderTable } from './_parts/order-table.tsx';

interface OrdersProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orders');
  return { title: t('own.title'), robots: { index: false } };
}

/** Everything the account bought, also as a guest, to open and download again at any time. */
export default async function OrdersPage({ params, searchParams }: OrdersProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const here = `/${locale}/account/orders`;
  const ctx = await requireAccountPage(locale, here);
  await claimOrders(ctx);
  const after = typeof query.after === 'string' ? query.after : undefined;
  const { orders, next } = await listOwnOrders(ctx, { after }).catch(absentPage);
  const [account, t, common] = await Promise.all([
    getAccount(ctx),
    getTranslations('orders'),
    getTranslations('common'),
  ]);
  return (
    <div className="narrow stack" data-wide="">
      <PageHeader title={t('own.title')}>{t('own.lead')}</PageHeader>
      {account.emailVerified ? null : <Notice state="warn">{t('own.unverified')}</Notice>}
      {orders.length === 0 ? (
        <EmptyState
          title={t('own.emptyTitle')}
          actions={
            <a className="button" data-kind="primary" href={`/${locale}/events`}>
              {t('own.toEvents')}
            </a>
          }
        >
          {t('own.emptyText')}
        </EmptyState>
      ) : (
        <OrderTable orders={orders} locale={locale} />
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: here, label: common('pager.first') } : null}
        next={next ? { href: `${here}?after=${next}`, label: t('own.older') } : null}
      />
      <p>
        <a className="link" href={`/${locale}/account`}>
          {t('own.toAccount')}
        </a>
      </p>
    </div>
  );
}
