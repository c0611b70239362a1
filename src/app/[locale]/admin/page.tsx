import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { requireAdminPage } from '#app/_web/guards.ts';
import { listDisputes, listFraudWarnings } from '#domain/disputes/list-disputes.ts';
import { getQueueState } from '#domain/operations/get-queue-state.ts';
import { listOutbox } from '#domain/operations/list-outbox.ts';
import { listSetAsideEvents } from '#domain/orders/list-orders.ts';
import { Notice } from '#ui/Notice.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('home.title') };
}

const MOST_COUNTED = 200;

/** What needs a person first: dead jobs, mails that failed, and how the process is set up. */
export default async function AdminHomePage({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  const ctx = await requireAdminPage(locale);
  const t = await getTranslations('admin.home');
  const [queue, failed, aside, disputes, warnings] = await Promise.all([
    getQueueState(ctx, {}),
    listOutbox(ctx, { state: 'failed' }),
    listSetAsideEvents(ctx, { limit: MOST_COUNTED }),
    listDisputes(ctx, { state: 'needs-response' }),
    listFraudWarnings(ctx),
  ]);
  const home = `/${locale}/${ctx.config.adminPath}`;
  const sum = (pick: (count: (typeof queue.counts)[number]) => number) =>
    queue.counts.reduce((total, count) => total + pick(count), 0);
  const figures = [
    { label: t('waiting'), value: sum((count) => count.waiting + count.retrying), href: `${home}/queue` },
    { label: t('active'), value: sum((count) => count.active), href: `${home}/queue` },
    { label: t('dead'), value: sum((count) => count.dead), href: `${home}/queue` },
    { label: t('aside'), value: aside.length, href: `${home}/orders` },
    { label: t('disputes'), value: disputes.length + warnings.length, href: `${home}/disputes` },
    { label: t('failedMails'), value: failed.mails.length, href: `${home}/outbox?state=failed` },
  ];
  return (
    <>
      <PageHeader title={t('title')} />
      {failed.transport === 'kept' ? <Notice state="warn">{t('noTransport')}</Notice> : null}
      {ctx.payments.name === 'test' ? <Notice state="warn">{t('testPayments')}</Notice> : null}
      <dl className="kpis">
        {figures.map((figure) => (
          <div key={figure.label} className="figure">
            <dt>
              <Link href={figure.href}>{figure.label}</Link>
            </dt>
            <dd className="num">{figure.value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
