import '#ui/styles/pro.css';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { requestContext } from '#app/_web/request-context.ts';
import { getAccount } from '#domain/accounts/get-account.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { listOwnEvents } from '#domain/events/list-own-events.ts';
import { Brand } from '#ui/Brand.tsx';
import { LanguageSwitch } from '#ui/LanguageSwitch.client.tsx';
import { Rail } from './_parts/rail.client.tsx';
import { shortDay } from './_parts/short-day.ts';

export const metadata: Metadata = { robots: { index: false, follow: false } };

interface ProLayoutProps {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

const EVENTS_IN_RAIL = 40;

export default async function ProLayout({ children, params }: ProLayoutProps) {
  const { locale } = await params;
  const ctx = await requestContext(locale);
  // Each page sends the others away itself, and knows where they wanted to go.
  if (ctx.actor.kind !== 'account' || ctx.actor.organisationId === null) return children;
  const [events, account, credits, t, common] = await Promise.all([
    listOwnEvents(ctx),
    getAccount(ctx),
    getCreditBalance(ctx),
    getTranslations('pro'),
    getTranslations('common'),
  ]);
  const home = `/${locale}/pro`;
  const links = events.slice(0, EVENTS_IN_RAIL).map((event) => ({
    href: `${home}/events/${event.id}`,
    label: event.name,
    note: `${shortDay(event.startsAt, locale, event.timeZone)}, ${t(`status.${event.status}`).toLowerCase()}`,
  }));
  return (
    <div className="shell" data-density="pro">
      <Rail
        brand={<Brand href={`/${locale}`} name={common('brand')} />}
        home={{ href: home, label: t('rail.home') }}
        create={{ href: `${home}/events/new`, label: t('rail.create') }}
        events={links}
        words={{
          label: t('rail.label'),
          events: t('rail.events'),
          none: t('rail.none'),
          open: t('rail.open'),
          close: t('rail.close'),
        }}
      >
        <Link href={`/${locale}/account`}>{account.organisation?.name ?? account.name}</Link>
        <Link href={`${home}/credits`}>{t('rail.credits', { credits })}</Link>
        <Link href={`${home}/invoices`}>{t('rail.invoices')}</Link>
        <Link href={`${home}/payouts`}>{t('rail.payouts')}</Link>
        <Link href={`${home}/promo-codes`}>{t('rail.promoCodes')}</Link>
        <LanguageSwitch locale={ctx.locale} label={common('language.label')} />
      </Rail>
      <div className="desk">{children}</div>
    </div>
  );
}
