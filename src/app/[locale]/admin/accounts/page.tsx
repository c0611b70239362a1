import type { Metadata } from 'next';
import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireAdminPage } from '#app/_web/guards.ts';
import { ROLES } from '#domain/accounts/account.ts';
import { listAccounts } from '#domain/accounts/list-accounts.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';
import { RowActions } from '../_parts/row-actions.client.tsx';
import { changeAccount } from './actions.ts';
import { RoleForm } from './role-form.client.tsx';

interface AccountsPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Partial<Record<'q' | 'role' | 'after', string | string[]>>>;
}

const PAGE_SIZE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin');
  return { title: t('accounts.title') };
}

export default async function AccountsPage({ params, searchParams }: AccountsPageProps) {
  const { locale } = await params;
  const asked = await searchParams;
  const ctx = await requireAdminPage(locale);
  const t = await getTranslations('admin.accounts');
  const format = await getFormatter();
  const q = typeof asked.q === 'string' ? asked.q.slice(0, 120) : '';
  const after = typeof asked.after === 'string' ? asked.after : undefined;
  const role = ROLES.find((name) => name === asked.role) ?? null;
  const query = { search: q, role, after, limit: PAGE_SIZE };
  const { accounts, next } = await listAccounts(ctx, query).catch(absentPage);
  const own = ctx.actor.kind === 'account' ? ctx.actor.userId : '';
  const roles = ROLES.map((name) => ({ value: name, label: t(`roles.${name}`) }));
  const place = new URLSearchParams({ q, ...(role ? { role } : {}) });
  return (
    <>
      <PageHeader title={t('title')} />
      <search>
        <form className="row admin-search">
          <label className="field">
            <span>{t('search')}</span>
            <input className="input" name="q" type="search" defaultValue={q} maxLength={120} />
          </label>
          <label className="field">
            <span>{t('role')}</span>
            <select className="input" name="role" defaultValue={role ?? ''}>
              <option value="">{t('anyRole')}</option>
              {roles.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="button">
            <Icon name="search" />
            {t('find')}
          </button>
        </form>
      </search>
      {accounts.length === 0 ? <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState> : null}
      <ul className="cards">
        {accounts.map((account) => (
          <li key={account.userId}>
            <span className="row">
              <b>{account.name}</b>
              <span className="chip">{t(`roles.${account.role}`)}</span>
              {account.suspendedAt ? (
                <span className="chip" data-state="bad">
                  {t('suspended')}
                </span>
              ) : null}
              {account.emailVerified ? null : (
                <span className="chip" data-state="warn">
                  {t('unverified')}
                </span>
              )}
            </span>
            <span className="small">{account.email}</span>
            <span className="small muted num">
              {t('since', {
                date: format.dateTime(account.createdAt, { dateStyle: 'medium', timeZone: 'UTC' }),
              })}
            </span>
            {account.userId === own ? (
              <span className="small muted">{t('oneself')}</span>
            ) : (
              <>
                <RowActions
                  action={changeAccount}
                  id={account.userId}
                  buttons={[
                    account.suspendedAt
                      ? { value: 'restore', label: t('restore') }
                      : { value: 'suspend', label: t('suspend') },
                  ]}
                />
                <RoleForm
                  action={changeAccount}
                  userId={account.userId}
                  role={account.role}
                  roles={roles}
                  words={{ role: t('changeRole'), submit: t('apply') }}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {next ? (
        <Link className="button" href={`?${place}&after=${encodeURIComponent(next)}`}>
          {t('next')}
        </Link>
      ) : null}
    </>
  );
}
