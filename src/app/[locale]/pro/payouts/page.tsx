import '#ui/styles/payouts.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { absentPage, requireProPage } from '#app/_web/guards.ts';
import type { Context } from '#context.ts';
import { getOwnPayouts } from '#domain/payouts/get-own-payouts.ts';
import { listOwnBankPayouts } from '#domain/payouts/list-own-bank-payouts.ts';
import { listOwnTransfers } from '#domain/payouts/list-own-transfers.ts';
import { refreshSeller } from '#domain/payouts/refresh-seller.ts';
import { isDomainError } from '#platform/errors.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Notice } from '#ui/Notice.tsx';
import { Balances } from './_parts/balances.tsx';
import { BankPayouts } from './_parts/bank-payouts.tsx';
import { SellerPanel } from './_parts/seller-panel.tsx';
import { TransferTable } from './_parts/transfer-table.tsx';

interface PayoutsPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Partial<Record<'after' | 'from', string | string[]>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('payouts');
  return { title: t('title') };
}

/** What the organisation earned, where the money is, and what the provider still asks for. */
export default async function PayoutsPage({ params, searchParams }: PayoutsPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const here = `/${locale}/pro/payouts`;
  const ctx = await requireProPage(locale, here);
  const after = typeof query.after === 'string' ? query.after : undefined;
  // Back from the provider's page, whose notice may still be under way.
  const fresh = query.from === 'provider' ? await askProvider(ctx) : true;
  const [{ seller, balances }, { transfers, next }, payouts, t] = await Promise.all([
    getOwnPayouts(ctx),
    listOwnTransfers(ctx, { after }).catch(absentPage),
    listOwnBankPayouts(ctx),
    getTranslations('payouts'),
  ]);
  const nothing = balances.length === 0 && transfers.length === 0;
  return (
    <main id="content" className="desk-main" tabIndex={-1}>
      <h1>{t('title')}</h1>
      <p className="muted prose">{t('lead')}</p>
      <Balances balances={balances} locale={locale} />
      {ctx.payments.name === 'none' ? (
        <Notice state="warn">{t('off')}</Notice>
      ) : (
        <SellerPanel seller={seller} fresh={fresh} locale={locale} />
      )}
      {nothing ? (
        <EmptyState title={t('nothingYet.title')}>{t('nothingYet.text')}</EmptyState>
      ) : (
        <>
          <TransferTable
            transfers={transfers}
            first={after ? here : null}
            next={next ? `${here}?after=${next}#transfers` : null}
            locale={locale}
          />
          <BankPayouts payouts={payouts} locale={locale} />
        </>
      )}
    </main>
  );
}

/** False when the provider does not answer: what it said last is shown then. */
async function askProvider(ctx: Context): Promise<boolean> {
  try {
    await refreshSeller(ctx);
    return true;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    ctx.log.warn({ code: error.code }, 'the provider could not be asked about a seller');
    return false;
  }
}
