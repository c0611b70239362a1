import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { safeNextPath } from '#app/_web/guards.ts';
import { Notice } from '#ui/Notice.tsx';
import { SignInForm } from './sign-in-form.client.tsx';

interface SignInProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ next?: string; after?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('signIn.title'), robots: { index: false } };
}

const AFTER = ['verified', 'reset', 'email', 'password', 'out', 'admin'] as const;

export default async function SignInPage({ params, searchParams }: SignInProps) {
  const [{ locale }, query, t] = await Promise.all([params, searchParams, getTranslations('account')]);
  const after = AFTER.find((known) => known === query.after);
  return (
    <div className="narrow stack">
      <h1>{t('signIn.title')}</h1>
      {after ? <Notice state="good">{t(`signIn.after.${after}`)}</Notice> : null}
      <ClientMessages namespaces={['account']}>
        <SignInForm next={safeNextPath(query.next) ?? ''} />
      </ClientMessages>
      <p className="row small">
        <a className="link" href={`/${locale}/forgot-password`}>
          {t('signIn.forgot')}
        </a>
        <a className="link end" href={`/${locale}/sign-up`}>
          {t('signIn.signUp')}
        </a>
      </p>
    </div>
  );
}
