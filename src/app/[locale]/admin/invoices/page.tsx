import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { EntriesForm } from '#app/[locale]/pro/_parts/papers/entries-form.tsx';
import { PaperList } from '#app/[locale]/pro/_parts/papers/paper-list.tsx';
import { countWaiting } from '#domain/invoicing/count-waiting.ts';
import { listInvoices } from '#domain/invoicing/list-invoices.ts';
import { parisDay } from '#platform/paris-day.ts';
import { Notice } from '#ui/Notice.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';

interface InvoicesPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Partial<Record<'q' | 'after', string | string[]>>>;
}

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invoices.papers');
  return { title: t('title') };
}

/** The papers of every issuer, and their entries. */
export default async function InvoicesPage({ params, searchParams }: InvoicesPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireAdminPage(locale);
  const search = typeof query.q === 'string' ? query.q.slice(0, 100) : '';
  const after = typeof query.after === 'string' ? query.after : undefined;
  const [t, { invoices, next }, waiting] = await Promise.all([
    getTranslations('invoices.papers'),
    listInvoices(ctx, { of: { kind: 'all' }, search, after, limit: PAGE }).catch(absentPage),
    countWaiting(ctx, { of: { kind: 'all' } }),
  ]);
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="muted prose">{t('leadAll')}</p>
      {waiting > 0 ? <Notice state="warn">{t('waitingAll', { count: waiting })}</Notice> : null}
      <PaperList
        invoices={invoices}
        next={next}
        search={search}
        later={after !== undefined}
        withIssuer
        locale={locale}
      />
      <EntriesForm of="all" today={parisDay(ctx.clock.now())} locale={locale} />
    </>
  );
}
