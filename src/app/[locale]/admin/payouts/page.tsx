import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireAdminPage } from '#app/_web/guards.ts';
import { listFailedPayouts, listHeldMoney, listPlatformBooks } from '#domain/payouts/get-platform-books.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { BooksPanel } from './_parts/books-panel.tsx';
import { FailedPayouts } from './_parts/failed-payouts.tsx';
import { HeldTable } from './_parts/held-table.tsx';

interface AdminPayoutsProps {
  params: Promise<{ locale: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('payouts.admin');
  return { title: t('title') };
}

/** What the platform earned, bears and holds, whose money it is, and what did not reach a bank. */
export default async function AdminPayoutsPage({ params }: AdminPayoutsProps) {
  const { locale } = await params;
  const ctx = await requireAdminPage(locale);
  const [books, held, failed, t] = await Promise.all([
    listPlatformBooks(ctx),
    listHeldMoney(ctx),
    listFailedPayouts(ctx),
    getTranslations('payouts.admin'),
  ]);
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      {books.length === 0 ? (
        <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
      ) : (
        <>
          <BooksPanel books={books} locale={locale} />
          <HeldTable held={held} locale={locale} />
          <FailedPayouts payouts={failed} locale={locale} />
        </>
      )}
    </>
  );
}
