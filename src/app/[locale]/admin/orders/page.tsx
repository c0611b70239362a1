import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { listOrders, listSetAsideEvents } from '#domain/orders/list-orders.ts';
import type { OrderState } from '#domain/orders/order.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { Pager } from '#ui/Pager.tsx';
import { OrderChip } from './_parts/order-chip.tsx';
import { SetAsideNotices } from './_parts/set-aside-notices.tsx';

interface OrdersPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ q?: string | string[]; state?: string | string[]; after?: string | string[] }>;
}

const PAGE = 50;
const NOTICES_SHOWN = 50;
const STATES: readonly OrderState[] = [
  'pending',
  'processing',
  'paid',
  'failed',
  'cancelled',
  'refunded',
  'disputed',
];
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.orders');
  return { title: t('title') };
}

/** Every order, and the notices of the payment provider that wait for a person. */
export default async function OrdersPage({ params, searchParams }: OrdersPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireAdminPage(locale);
  const search = typeof query.q === 'string' ? query.q.slice(0, 100) : '';
  const state = STATES.find((name) => name === query.state);
  const after = typeof query.after === 'string' ? query.after : undefined;
  const [found, aside, t, words, common, format] = await Promise.all([
    listOrders(ctx, { search, state, after, limit: PAGE + 1 }).catch(absentPage),
    listSetAsideEvents(ctx, { limit: NOTICES_SHOWN }),
    getTranslations('admin.orders'),
    getTranslations('payments'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const home = `/${locale}/${ctx.config.adminPath}`;
  const orders = found.slice(0, PAGE);
  const last = found.length > PAGE ? orders.at(-1) : undefined;
  const address = (more: Record<string, string>) =>
    `?${new URLSearchParams({ ...(search ? { q: search } : {}), ...(state ? { state } : {}), ...more })}`;
  const day = (at: Date) =>
    `${format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC`;
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <a className="button" data-kind="quiet" href={`/api/operator/orders.csv${address({})}`} download>
            <Icon name="download" />
            {words('order.export')}
          </a>
        }
      />
      <SetAsideNotices notices={aside} locale={locale} />
      <search>
        <form className="row admin-search">
          <label className="field">
            <span>{t('search')}</span>
            <input className="input" name="q" type="search" defaultValue={search} maxLength={100} />
          </label>
          <label className="field">
            <span>{t('state')}</span>
            <select className="input" name="state" defaultValue={state ?? ''}>
              <option value="">{t('anyState')}</option>
              {STATES.map((name) => (
                <option key={name} value={name}>
                  {t(`states.${name}`)}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="button">
            <Icon name="search" />
            {t('find')}
          </button>
        </form>
      </search>
      {orders.length === 0 ? (
        <EmptyState title={t('empty')}>{search || state ? t('emptyText') : null}</EmptyState>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('number')}</th>
              <th scope="col">{t('state')}</th>
              <th scope="col">{t('email')}</th>
              <th scope="col">{t('created')}</th>
              <th scope="col" className="n">
                {t('total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={order.orderId}>
                <th scope="row">
                  <Link href={`${home}/orders/${order.orderId}`}>{order.number}</Link>
                </th>
                <td data-label={t('state')}>
                  <OrderChip state={order.state} />
                </td>
                <td data-label={t('email')}>{order.email}</td>
                <td className="num" data-label={t('created')}>
                  {day(order.createdAt)}
                </td>
                <td className="n" data-label={t('total')}>
                  <b>{formatMoney(order.totalCents, order.currency, locale)}</b>
                  {order.refundedCents > 0 ? (
                    <small>
                      {t('refunded', { amount: formatMoney(order.refundedCents, order.currency, locale) })}
                    </small>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: address({}), label: common('pager.first') } : null}
        next={last ? { href: address({ after: last.orderId }), label: t('next') } : null}
      />
    </>
  );
}
