import { getTranslations } from 'next-intl/server';
import type { InvoiceSummary } from '#domain/invoicing/list-invoices.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pager } from '#ui/Pager.tsx';
import { type PaperRow, PaperTable } from '#ui/shop/PaperTable.tsx';

interface PaperListProps {
  invoices: InvoiceSummary[];
  next: string | null;
  search: string;
  /** This is not the first page. */
  later: boolean;
  withIssuer: boolean;
  locale: string;
}

/** Invoices and credit notes to look through by number, newest first. */
export async function PaperList({ invoices, next, search, later, withIssuer, locale }: PaperListProps) {
  const [t, common] = await Promise.all([getTranslations('invoices.papers'), getTranslations('common')]);
  const kept = search ? { q: search } : undefined;
  const words = {
    number: t('number'),
    kind: t('kind'),
    issuer: t('issuer'),
    order: t('order'),
    issuedAt: t('issuedAt'),
    vat: t('vat'),
    total: t('total'),
  };
  return (
    <>
      <search>
        <form className="row" style={{ alignItems: 'end', flexWrap: 'wrap' }}>
          <label className="field">
            <span className="label">{t('search')}</span>
            <input className="input" name="q" type="search" defaultValue={search} maxLength={100} />
          </label>
          <button type="submit" className="button">
            <Icon name="search" />
            {t('find')}
          </button>
        </form>
      </search>
      {invoices.length === 0 ? (
        <EmptyState title={search ? t('emptyFound') : t('empty')}>
          {search ? null : t('emptyText')}
        </EmptyState>
      ) : (
        <PaperTable rows={invoices.map(rowOf)} words={words} withIssuer={withIssuer} />
      )}
      <Pager
        label={common('pager.label')}
        first={later ? { href: `?${new URLSearchParams(kept)}`, label: common('pager.first') } : null}
        next={next ? { href: `?${new URLSearchParams({ ...kept, after: next })}`, label: t('next') } : null}
      />
    </>
  );

  function rowOf(invoice: InvoiceSummary): PaperRow {
    const { kind, number, currency, totalCents, vatCents, issuedAt } = invoice;
    const sign = kind === 'invoice' ? 1 : -1;
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'Europe/Paris' });
    return {
      id: invoice.invoiceId,
      number,
      kind: t(`kinds.${kind}`),
      issuer: invoice.issuerName,
      order: invoice.orderNumber,
      issuedAt: day.format(issuedAt),
      vat: formatMoney(sign * vatCents, currency, locale),
      total: formatMoney(sign * totalCents, currency, locale),
      taken: kind === 'credit-note',
      url: invoice.url,
      open: t('open', { number }),
    };
  }
}
