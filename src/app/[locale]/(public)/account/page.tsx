import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { getFormatter, getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { requireAccountPage } from '#app/_web/guards.ts';
import { isProRole } from '#domain/accounts/account.ts';
import { getAccount } from '#domain/accounts/get-account.ts';
import { listSessions } from '#domain/accounts/sessions.ts';
import { PageHeader } from '#ui/PageHeader.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import {
  EmailForm,
  EndOtherSessionsForm,
  EndSessionForm,
  PasswordForm,
  ProfileForm,
} from './account-forms.client.tsx';
import { signOutAction } from './actions.ts';
import { browserName } from './browser-name.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('page.title'), robots: { index: false } };
}

export default async function AccountPage({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  const ctx = await requireAccountPage(locale, `/${locale}/account`);
  const [account, sessions, t, orders, format] = await Promise.all([
    getAccount(ctx),
    listSessions(ctx, new Headers(await headers())),
    getTranslations('account'),
    getTranslations('orders'),
    getFormatter(),
  ]);
  const space = isProRole(account.role) ? `/${locale}/pro` : null;
  return (
    <div className="narrow stack" data-wide="">
      <PageHeader
        title={t('page.title')}
        actions={
          <form action={signOutAction}>
            <input type="hidden" name="locale" value={locale} />
            <SubmitButton kind="plain">{t('page.signOut')}</SubmitButton>
          </form>
        }
      >
        {account.email}, {t(`roles.${account.role}`)}
      </PageHeader>
      {space ? (
        <p>
          <a className="button" data-kind="primary" href={space}>
            {t('page.openPro')}
          </a>
        </p>
      ) : null}
      <section className="panel" aria-labelledby="bought">
        <header>
          <h2 id="bought">{orders('own.title')}</h2>
        </header>
        <p className="row">
          <a className="button" href={`/${locale}/account/orders`}>
            {orders('own.title')}
          </a>
          <a className="button" href={`/${locale}/account/invoices`}>
            {orders('papers.title')}
          </a>
        </p>
      </section>
      <ClientMessages namespaces={['account']}>
        <section className="panel" aria-labelledby="profile">
          <header>
            <h2 id="profile">{t('page.profile')}</h2>
          </header>
          <ProfileForm
            name={account.name}
            locale={account.locale}
            organisationName={account.organisation?.name ?? null}
          />
        </section>
        <section className="panel" aria-labelledby="address">
          <header>
            <h2 id="address">{t('page.address')}</h2>
          </header>
          <EmailForm />
        </section>
        <section className="panel" aria-labelledby="secret">
          <header>
            <h2 id="secret">{t('password')}</h2>
          </header>
          <PasswordForm />
        </section>
        <section className="panel" aria-labelledby="sessions">
          <header>
            <h2 id="sessions">{t('page.sessions')}</h2>
          </header>
          <ul className="list">
            {sessions.map((session) => {
              const name = browserName(session.userAgent) ?? t('page.unknownBrowser');
              const since = format.dateTime(session.createdAt, { dateStyle: 'medium', timeStyle: 'short' });
              return (
                <li key={session.id}>
                  <span>
                    {name}
                    <span className="muted small"> {t('page.since', { since })}</span>
                  </span>
                  {session.current ? (
                    <span className="chip">{t('page.thisBrowser')}</span>
                  ) : (
                    <EndSessionForm sessionId={session.id} label={name} />
                  )}
                </li>
              );
            })}
          </ul>
          {sessions.length > 1 ? <EndOtherSessionsForm /> : null}
        </section>
      </ClientMessages>
    </div>
  );
}
