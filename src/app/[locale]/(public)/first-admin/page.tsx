import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { requestContext } from '#app/_web/request-context.ts';
import { isFirstAdminLinkOpen } from '#domain/accounts/first-admin.ts';
import { FirstAdminForm } from './first-admin-form.client.tsx';

interface FirstAdminProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ token?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account');
  return { title: t('firstAdmin.title'), robots: { index: false }, referrer: 'no-referrer' };
}

export default async function FirstAdminPage({ params, searchParams }: FirstAdminProps) {
  const [{ locale }, { token = '' }, t] = await Promise.all([
    params,
    searchParams,
    getTranslations('account'),
  ]);
  if (!(await isFirstAdminLinkOpen(await requestContext(locale), { token }))) notFound();
  return (
    <div className="narrow stack">
      <h1>{t('firstAdmin.title')}</h1>
      <p className="muted">{t('firstAdmin.lead')}</p>
      <ClientMessages namespaces={['account']}>
        <FirstAdminForm token={token} />
      </ClientMessages>
    </div>
  );
}
