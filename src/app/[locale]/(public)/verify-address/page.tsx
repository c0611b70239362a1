import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { VerifyForm } from './verify-form.client.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('verify.title'), robots: { index: false }, referrer: 'no-referrer' };
}

export default async function VerifyAddressPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string; change?: string }>;
}) {
  const [{ token, change }, t] = await Promise.all([searchParams, getTranslations('account')]);
  return (
    <div className="narrow stack">
      <h1>{t('verify.title')}</h1>
      <p className="muted">{t(change ? 'verify.changeLead' : 'verify.lead')}</p>
      <ClientMessages namespaces={['account']}>
        <VerifyForm token={change ?? token ?? ''} change={change !== undefined} />
      </ClientMessages>
    </div>
  );
}
