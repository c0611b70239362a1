import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { ForgotForm } from './forgot-form.client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('forgot.title'), robots: { index: false } };
}

export default async function ForgotPasswordPage({ params }: { params: Promise<{ locale: string }> }) {
  const [{ locale }, t] = await Promise.all([params, getTranslations('account')]);
  return (
    <div className="narrow stack">
      <h1>{t('forgot.title')}</h1>
      <p className="muted">{t('forgot.lead')}</p>
      <ClientMessages namespaces={['account']}>
        <ForgotForm />
      </ClientMessages>
      <p className="small">
        <a className="link" href={`/${locale}/sign-in`}>
          {t('signUp.signIn')}
        </a>
      </p>
    </div>
  );
}
