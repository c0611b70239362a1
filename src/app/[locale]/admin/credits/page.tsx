import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import type { Context } from '#context.ts';
import { listCreditBalances } from '#domain/credits/list-credit-balances.ts';
import { listCreditEntries } from '#domain/credits/list-credit-entries.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { Pager } from '#ui/Pager.tsx';
import { giveCredits } from './actions.ts';
import { GrantForm } from './grant-form.client.tsx';

interface CreditsPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Partial<Record<'q' | 'after' | 'organisation', string | string[]>>>;
}

const ENTRIES_SHOWN = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin.credits');
  return { title: t('title') };
}

/** Every organisation's credits; one of them opened with its movements and the form that adds some. */
export default async function CreditsPage({ params, searchParams }: CreditsPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireAdminPage(locale);
  const search = typeof query.q === 'string' ? query.q.slice(0, 100) : '';
  const after = typeof query.after === 'string' ? query.after : undefined;
  const opened = typeof query.organisation === 'string' ? query.organisation : null;
  const { organisations, next } = await listCreditBalances(ctx, { search, after }).catch(absentPage);
  const [t, common, format] = await Promise.all([
    getTranslations('admin.credits'),
    getTranslations('common'),
    getFormatter(),
  ]);
  const address = (more: Record<string, string>) =>
    `?${new URLSearchParams({ ...(search ? { q: search } : {}), ...more })}`;
  return (
    <>
      <PageHeader title={t('title')} />
      <search>
        <form className="row admin-search">
          <label className="field">
            <span>{t('search')}</span>
            <input className="input" name="q" type="search" defaultValue={search} maxLength={100} />
          </label>
          <button type="submit" className="button">
            <Icon name="search" />
            {t('find')}
          </button>
          <a className="button" data-kind="quiet" href="/api/operator/credits.csv" download>
            <Icon name="download" />
            {t('export')}
          </a>
        </form>
      </search>
      {opened ? <OneOrganisation ctx={ctx} organisationId={opened} /> : null}
      {organisations.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('organisation')}</th>
              <th scope="col" className="n">
                {t('left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {organisations.map(({ organisationId, name, credits }) => (
              <tr key={organisationId}>
                <th scope="row">
                  <Link href={address({ organisation: organisationId })} prefetch={false}>
                    {name}
                  </Link>
                </th>
                <td className="n" data-label={t('left')}>
                  {format.number(credits)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: address({}), label: common('pager.first') } : null}
        next={next ? { href: address({ after: next }), label: common('pager.next') } : null}
      />
    </>
  );
}

async function OneOrganisation({ ctx, organisationId }: { ctx: Context; organisationId: string }) {
  const asked = { organisationId, limit: ENTRIES_SHOWN };
  const { entries } = await listCreditEntries(ctx, asked).catch(absentPage);
  const [t, kinds, format] = await Promise.all([
    getTranslations('admin.credits'),
    getTranslations('pro.credits'),
    getFormatter(),
  ]);
  return (
    <section className="panel stack" aria-labelledby="movements">
      <header>
        <h2 id="movements">{t('movements')}</h2>
      </header>
      <GrantForm
        action={giveCredits}
        organisationId={organisationId}
        attemptId={randomUUID()}
        words={{
          credits: t('credits'),
          reason: t('reason'),
          reasonHelp: t('reasonHelp'),
          give: t('give'),
          giving: t('giving'),
        }}
      />
      {entries.length === 0 ? <p className="muted">{t('noMovement')}</p> : null}
      <ul className="list">
        {entries.map((entry) => (
          <li key={entry.id}>
            <span>
              {kinds(`kind.${entry.kind}`)}
              <span className="muted small">
                {' '}
                {format.dateTime(entry.createdAt, {
                  dateStyle: 'medium',
                  timeStyle: 'short',
                  timeZone: 'UTC',
                })}{' '}
                UTC{entry.reason ? `, ${entry.reason}` : ''}
              </span>
            </span>
            <b className="num">{format.number(entry.credits, { signDisplay: 'exceptZero' })}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
