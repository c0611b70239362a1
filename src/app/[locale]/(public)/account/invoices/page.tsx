import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireAccountPage } from '#app/_web/guards.ts';
import { type InvoiceSummary, listInvoices } from '#domain/invoicing/list-invoices.ts';
import { claimOrders } from '#domain/orders/claim-orders.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { PageHeader } from '#ui/PageHeader.tsx';
import { Pager } from '#ui/Pager.tsx';

interface InvoicesProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

const PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orders');
  return { title: t('papers.title'), robots: { index: false } };
}

/** Invoices and credit notes of everything the account bought, each as PDF. */
export default async function InvoicesPage({ params, searchParams }: InvoicesProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const here = `/${locale}/account/invoices`;
  const ctx = await requireAccountPage(locale, here);
  await claimOrders(ctx);
  const after = typeof query.after === 'string' ? query.after : undefined;
  const asked = { of: { kind: 'account' as const }, after, limit: PAGE };
  const { invoices, next } = await listInvoices(ctx, asked).catch(absentPage);
  const [t, common] = await Promise.all([getTranslations('orders'), getTranslations('common')]);
  return (
    <div className="narrow stack" data-wide="">
      <PageHeader title={t('papers.title')} />
      {invoices.length === 0 ? (
        <EmptyState title={t('papers.emptyTitle')}>{t('papers.emptyText')}</EmptyState>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('papers.paper')}</th>
              <th scope="col">{t('papers.issuer')}</th>
              <th scope="col">{t('papers.issued')}</th>
              <th scope="col" className="n">
                {t('total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {invoices.map((invoice) => (
              <InvoiceRow key={invoice.invoiceId} invoice={invoice} locale={locale} />
            ))}
          </tbody>
        </table>
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: here, label: common('pager.first') } : null}
        next={next ? { href: `${here}?after=${next}`, label: t('own.older') } : null}
      />
      <p className="row">
        <a className="link" href={`/${locale}/account/orders`}>
          {t('own.title')}
        </a>
        <a className="link" href={`/${locale}/account`}>
          {t('own.toAccount')}
        </a>
      </p>
    </div>
  );
}

async function InvoiceRow({ invoice, locale }: { invoice: InvoiceSummary; locale: string }) {
  const [t, format] = await Promise.all([getTranslations('orders'), getFormatter()]);
  const { kind, number, orderNumber, issuerName, issuedAt, totalCents, currency, url } = invoice;
  return (
    <tr>
      <th scope="row">
        <a className="link" href={url}>
          {t(`papers.${kind}`, { number })}
        </a>
        <small>{orderNumber}</small>
      </th>
      <td data-label={t('papers.issuer')}>{issuerName}</td>
      <td className="num" data-label={t('papers.issued')}>
        <time dateTime={issuedAt.toISOString()}>
          {format.dateTime(issuedAt, { dateStyle: 'medium', timeZone: 'Europe/Paris' })}
        </time>
      </td>
      <td className="n" data-label={t('total')}>
        <b>{formatMoney(kind === 'invoice' ? totalCents : -totalCents, currency, locale)}</b>
      </td>
    </tr>
  );
}
