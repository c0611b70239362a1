import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { getQueueState } from '#domain/operations/get-queue-state.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { RowActions } from '../_parts/row-actions.client.tsx';
import { changeDeadJob } from './actions.ts';

interface QueuePageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('queue.title') };
}

export default async function QueuePage({ params, searchParams }: QueuePageProps) {
  const { locale } = await params;
  const asked = await searchParams;
  const ctx = await requireAdminPage(locale);
  const t = await getTranslations('admin.queue');
  const format = await getFormatter();
  const after = typeof asked.after === 'string' ? asked.after : undefined;
  const { counts, dead, next } = await getQueueState(ctx, { after }).catch(absentPage);
  return (
    <>
      <PageHeader title={t('title')}>{t('about')}</PageHeader>
      {counts.length === 0 ? <p className="muted">{t('idle')}</p> : null}
      <ul className="cards">
        {counts.map((count) => (
          <li key={count.name}>
            <b>{count.name}</b>
            {(['waiting', 'active', 'retrying', 'dead'] as const).map((state) => (
              <span key={state} className="num small">
                {t(`states.${state}`)} {format.number(count[state])}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <section aria-labelledby="dead">
        <h2 id="dead">{t('dead')}</h2>
        {dead.length === 0 ? (
          <EmptyState title={t('noDead')} heading="h3">
            {t('noDeadText')}
          </EmptyState>
        ) : (
          <ul className="cards">
            {dead.map((job) => (
              <li key={job.id}>
                <b>{job.name}</b>
                <span className="small muted num">
                  {format.dateTime(job.failedAt, {
                    dateStyle: 'medium',
                    timeStyle: 'medium',
                    timeZone: 'UTC',
                  })}{' '}
                  UTC
                </span>
                <span className="small">{job.reason}</span>
                <code className="small">{JSON.stringify(job.data)}</code>
                <RowActions
                  action={changeDeadJob}
                  id={job.id}
                  buttons={[
                    { value: 'retry', label: t('retry') },
                    { value: 'drop', label: t('drop') },
                  ]}
                />
              </li>
            ))}
          </ul>
        )}
        {next ? <a href={`?after=${encodeURIComponent(next)}`}>{t('next')}</a> : null}
      </section>
    </>
  );
}
