import '#ui/styles/pro.css';
import '#ui/styles/admin.css';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { requireAdminPage } from '#app/_web/guards.ts';
import { Brand } from '#ui/Brand.tsx';
import { AdminTabs } from './_parts/admin-tabs.client.tsx';

export const metadata: Metadata = { robots: { index: false, follow: false } };

const TABS = [
  '',
  'accounts',
  'orders',
  'refunds',
  'disputes',
  'invoices',
  'payouts',
  'credits',
  'queue',
  'outbox',
  'settings',
] as const;

export default async function AdminLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}) {
  const { locale } = await params;
  const ctx = await requireAdminPage(locale);
  const t = await getTranslations('admin');
  const home = `/${locale}/${ctx.config.adminPath}`;
  const tabs = TABS.map((name) => ({
    href: name === '' ? home : `${home}/${name}`,
    label: t(`tabs.${name === '' ? 'home' : name}`),
  }));
  return (
    <div className="admin" data-density="pro">
      <header className="admin-head">
        <Brand href={home} name="Focus Racer" />
        <AdminTabs label={t('tabs.label')} tabs={tabs} />
        <Link className="act end" href={`/${locale}/account`}>
          {t('account')}
        </Link>
      </header>
      <main id="content">{children}</main>
    </div>
  );
}
