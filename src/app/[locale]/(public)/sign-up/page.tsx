import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { SIGN_UP_ROLES } from '#domain/accounts/account.ts';
import { SignUpForm } from './sign-up-form.client.tsx';

interface SignUpProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ role?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('signUp.title'), robots: { index: false } };
}

export default async function SignUpPage({ params, searchParams }: SignUpProps) {
  const [{ locale }, query, t] = await Promise.all([params, searchParams, getTranslations('account')]);
  const role = SIGN_UP_ROLES.find((known) => known === query.role?.toUpperCase()) ?? 'PHOTOGRAPHER';
  return (
    <div className="narrow stack">
      <h1>{t('signUp.title')}</h1>
      <p className="muted">{t('signUp.lead')}</p>
      <ClientMessages namespaces={['account']}>
        <SignUpForm roles={SIGN_UP_ROLES} role={role} />
      </ClientMessages>
      <p className="small">
        <a className="link" href={`/${locale}/sign-in`}>
          {t('signUp.signIn')}
        </a>
      </p>
    </div>
  );
}
