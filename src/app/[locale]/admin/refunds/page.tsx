import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { listRefunds } from '#domain/orders/list-refunds.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { Pager } from '#ui/Pager.tsx';
import { RefundTable } from './_parts/refund-table.tsx';

interface RefundsPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ state?: string | string[]; after?: string | string[] }>;
}

const PAGE = 50;
const STATES = ['asked', 'pending', 'succeeded', 'failed'] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('payments');
  return { title: t('refunds.title') };
}

/** Money on its way back to buyers. */
export default async function RefundsPage({ params, searchParams }: RefundsPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireAdminPage(locale);
  const state = STATES.find((name) => name === query.state);
  const after = typeof query.after === 'string' ? query.after : undefined;
  const [found, t, common] = await Promise.all([
    listRefunds(ctx, { state, after, limit: PAGE + 1 }).catch(absentPage),
    getTranslations('payments'),
    getTranslations('common'),
  ]);
  const refunds = found.slice(0, PAGE);
  const last = found.length > PAGE ? refunds.at(-1) : undefined;
  const address = (more: Record<string, string>) =>
    `?${new URLSearchParams({ ...(state ? { state } : {}), ...more })}`;
  return (
    <>
      <PageHeader title={t('refunds.title')} />
      <nav className="filters" aria-label={t('refunds.filter')}>
        <Link href="?" aria-current={state ? undefined : 'true'}>
          {t('refunds.all')}
        </Link>
        {STATES.map((name) => (
          <Link key={name} href={`?state=${name}`} aria-current={state === name ? 'true' : undefined}>
            {t(`states.${name}`)}
          </Link>
        ))}
      </nav>
      {refunds.length === 0 ? (
        <EmptyState title={t('refunds.empty')}>{t('refunds.emptyText')}</EmptyState>
      ) : (
        <RefundTable refunds={refunds} home={`/${locale}/${ctx.config.adminPath}`} locale={locale} />
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: address({}), label: common('pager.first') } : null}
        next={last ? { href: address({ after: last.refundId }), label: t('refunds.next') } : null}
      />
    </>
  );
}
