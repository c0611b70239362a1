import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { listOutbox } from '#domain/operations/list-outbox.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Notice } from '#ui/Notice.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { RowActions } from '../_parts/row-actions.client.tsx';
import { changeMail } from './actions.ts';

interface OutboxPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ state?: string | string[]; before?: string | string[] }>;
}

const STATES = ['waiting', 'sent', 'kept', 'failed', 'dropped'] as const;
const CHIPS = { waiting: undefined, sent: 'good', kept: 'warn', failed: 'bad', dropped: undefined } as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('outbox.title') };
}

export default async function OutboxPage({ params, searchParams }: OutboxPageProps) {
  const { locale } = await params;
  const asked = await searchParams;
  const ctx = await requireAdminPage(locale);
  const t = await getTranslations('admin.outbox');
  const format = await getFormatter();
  const state = STATES.find((name) => name === asked.state);
  const before = typeof asked.before === 'string' ? asked.before : undefined;
  const { mails, transport, next } = await listOutbox(ctx, { state, before }).catch(absentPage);
  return (
    <>
      <PageHeader title={t('title')}>{t(`transport.${transport}`)}</PageHeader>
      {transport === 'kept' ? <Notice state="warn">{t('keptText')}</Notice> : null}
      <nav className="filters" aria-label={t('filter')}>
        <Link href="?" aria-current={state ? undefined : 'true'}>
          {t('all')}
        </Link>
        {STATES.map((name) => (
          <Link key={name} href={`?state=${name}`} aria-current={state === name ? 'true' : undefined}>
            {t(`states.${name}`)}
          </Link>
        ))}
      </nav>
      {mails.length === 0 ? <EmptyState title={t('empty')} /> : null}
      <ul className="cards">
        {mails.map((mail) => (
          <li key={mail.id}>
            <span className="row">
              <b>{mail.subject}</b>
              <span className="chip" data-state={CHIPS[mail.state]}>
                {t(`states.${mail.state}`)}
              </span>
            </span>
            <span className="small">{t('to', { address: mail.to })}</span>
            <span className="small muted num">
              {format.dateTime(mail.createdAt, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' })}{' '}
              UTC
            </span>
            {mail.lastError ? <span className="small">{mail.lastError}</span> : null}
            <details>
              <summary>{t('read')}</summary>
              <pre className="mail-text">{mail.text}</pre>
            </details>
            {mail.state === 'sent' || mail.state === 'dropped' ? null : (
              <RowActions
                action={changeMail}
                id={mail.id}
                buttons={[
                  ...(mail.state === 'failed' || (mail.state === 'kept' && transport !== 'kept')
                    ? [{ value: 'retry', label: t('retry') }]
                    : []),
                  { value: 'drop', label: t('drop') },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {next ? (
        <Link
          className="button"
          href={`?${state ? `state=${state}&` : ''}before=${encodeURIComponent(next)}`}
        >
          {t('next')}
        </Link>
      ) : null}
    </>
  );
}
