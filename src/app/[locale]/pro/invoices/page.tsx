import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { absentPage, requireProPage } from '#app/_web/guards.ts';
import { countWaiting } from '#domain/invoicing/count-waiting.ts';
import { findTaxProfile } from '#domain/invoicing/find-tax-profile.ts';
import { listInvoices } from '#domain/invoicing/list-invoices.ts';
import { parisDay } from '#platform/paris-day.ts';
import { Notice } from '#ui/Notice.tsx';
import { EntriesForm } from '../_parts/papers/entries-form.tsx';
import { PaperList } from '../_parts/papers/paper-list.tsx';
import { countryChoices } from './_parts/country-choices.ts';
import { ProfileForm } from './_parts/profile-form.client.tsx';

interface InvoicesPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Partial<Record<'q' | 'after', string | string[]>>>;
}

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invoices.papers');
  return { title: t('title') };
}

/** The papers issued in the organisation's name, its entries for the accountant, and who it is before the tax office. */
export default async function InvoicesPage({ params, searchParams }: InvoicesPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireProPage(locale, `/${locale}/pro/invoices`);
  const search = typeof query.q === 'string' ? query.q.slice(0, 100) : '';
  const after = typeof query.after === 'string' ? query.after : undefined;
  const [t, { invoices, next }, profile, waiting] = await Promise.all([
    getTranslations('invoices.papers'),
    listInvoices(ctx, { of: { kind: 'organisation' }, search, after, limit: PAGE }).catch(absentPage),
    findTaxProfile(ctx),
    countWaiting(ctx, { of: { kind: 'organisation' } }),
  ]);
  const agent = ctx.config.salesMode === 'agent';
  return (
    <main id="content" className="desk-main" tabIndex={-1}>
      <h1>{t('title')}</h1>
      {agent ? <p className="muted prose">{t('lead')}</p> : <Notice>{t('merchant')}</Notice>}
      {agent && profile === null ? (
        <Notice state="warn">
          {waiting > 0 ? t('waiting', { count: waiting }) : t('profileMissing')}{' '}
          <a className="link" href="#profile">
            {t('toProfile')}
          </a>
        </Notice>
      ) : null}
      <PaperList
        invoices={invoices}
        next={next}
        search={search}
        later={after !== undefined}
        withIssuer={false}
        locale={locale}
      />
      <EntriesForm of="organisation" today={parisDay(ctx.clock.now())} locale={locale} />
      <ClientMessages namespaces={['invoices']}>
        <ProfileForm
          countries={countryChoices(ctx.locale)}
          profile={{
            legalName: profile?.legalName ?? '',
            address: profile?.address ?? '',
            country: profile?.country ?? 'FR',
            siren: profile?.siren ?? '',
            vatRegime: profile?.vatRegime ?? 'exempt-293b',
            vatNumber: profile?.vatNumber ?? '',
            rate: profile?.vatRateBps ? String(profile.vatRateBps / 100) : '',
          }}
        />
      </ClientMessages>
    </main>
  );
}
