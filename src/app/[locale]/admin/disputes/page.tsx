import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { requireAdminPage } from '#app/_web/guards.ts';
import { listDisputes, listFraudWarnings } from '#domain/disputes/list-disputes.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { DisputeTable } from './_parts/dispute-table.tsx';
import { WarningList } from './_parts/warning-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('payments.disputes');
  return { title: t('title') };
}

/** Payments that banks took back, or are about to. Those that wait for an answer come first. */
export default async function DisputesPage({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  const ctx = await requireAdminPage(locale);
  const [disputes, warnings, t] = await Promise.all([
    listDisputes(ctx),
    listFraudWarnings(ctx),
    getTranslations('payments.disputes'),
  ]);
  const home = `/${locale}/${ctx.config.adminPath}`;
  return (
    <>
      <PageHeader title={t('title')} />
      <WarningList warnings={warnings} home={home} locale={locale} />
      {disputes.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
      ) : (
        <DisputeTable disputes={disputes} home={home} locale={locale} />
      )}
    </>
  );
}
