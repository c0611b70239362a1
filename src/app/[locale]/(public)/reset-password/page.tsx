import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { ResetForm } from './reset-form.client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('reset.title'), robots: { index: false }, referrer: 'no-referrer' };
}

export default async function ResetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>;
}) {
  const [{ token = '' }, t] = await Promise.all([searchParams, getTranslations('account')]);
  return (
    <div className="narrow stack">
      <h1>{t('reset.title')}</h1>
      <p className="muted">{t('reset.lead')}</p>
      <ClientMessages namespaces={['account']}>
        <ResetForm token={token} />
      </ClientMessages>
    </div>
  );
}
