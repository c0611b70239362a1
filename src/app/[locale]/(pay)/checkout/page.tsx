import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cartToken } from '#app/_web/cart-token.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { PayTop } from '#app/[locale]/(pay)/_parts/pay-top.tsx';
import {
  CheckoutForm,
  type CheckoutWords,
} from '#app/[locale]/(pay)/checkout/_parts/checkout-form.client.tsx';
import { FreeForm } from '#app/[locale]/(pay)/checkout/_parts/free-form.client.tsx';
import { listCountries } from '#app/[locale]/(pay)/checkout/_parts/list-countries.ts';
import { Recap, RecapFold } from '#app/[locale]/(pay)/checkout/_parts/recap.tsx';
import { startPayment } from '#app/[locale]/(pay)/checkout/actions.ts';
import type { Context } from '#context.ts';
import { getAccount } from '#domain/accounts/get-account.ts';
import { getCart } from '#domain/orders/get-cart.ts';
import { WAIVER_VERSION, waiverStatements } from '#domain/orders/waiver.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';

interface CheckoutProps {
  params: Promise<{ locale: string }>;
}

/** Without script every step is there at once, and nothing that only script can do. */
const WITHOUT_SCRIPT = '.screen[data-off]{display:grid}[data-script]{display:none}';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('shop');
  return { title: t('checkout.title'), robots: { index: false } };
}

export default async function CheckoutPage({ params }: CheckoutProps) {
  const { locale } = await params;
  const [ctx, token, t] = await Promise.all([requestContext(locale), cartToken(), getTranslations('shop')]);
  const cart = await getCart(ctx, { token });
  const price = formatMoney(cart.totalCents, cart.currency ?? 'eur', locale);
  const back = { href: `/${locale}/cart`, label: t('checkout.back') };
  if (cart.lineCount === 0) {
    return (
      <div className="pay">
        <PayTop back={back}>{t('checkout.secure')}</PayTop>
        <main id="content" tabIndex={-1}>
          {cart.goneLines > 0 ? (
            <Notice state="warn">{t('cart.gone', { count: cart.goneLines })}</Notice>
          ) : null}
          <EmptyState
            heading="h1"
            title={t('checkout.emptyTitle')}
            actions={
              <a className="button" data-kind="primary" href={`/${locale}/events`}>
                {t('cart.toEvents')}
              </a>
            }
          >
            {t('checkout.emptyText')}
          </EmptyState>
        </main>
      </div>
    );
  }
  const form = {
    action: startPayment,
    locale,
    email: await knownEmail(ctx),
    statements: waiverStatements(WAIVER_VERSION, ctx.locale),
    obligation: t.rich(cart.totalCents === 0 ? 'checkout.freeTerms' : 'checkout.obligation', {
      legal: (words) => (
        <a className="link" href={`/${locale}/legal`}>
          {words}
        </a>
      ),
    }),
  };
  return (
    <div className="pay">
      <noscript>
        <style>{WITHOUT_SCRIPT}</style>
      </noscript>
      <PayTop back={back}>{t('checkout.secure')}</PayTop>
      <RecapFold cart={cart} locale={locale} />
      <main id="content" tabIndex={-1}>
        {cart.totalCents === 0 ? (
          <FreeForm {...form} words={await freeWords()} />
        ) : (
          <CheckoutForm
            {...form}
            totalCents={cart.totalCents}
            words={await checkoutWords(price)}
            countries={listCountries(locale)}
          />
        )}
      </main>
      <Recap cart={cart} locale={locale} />
    </div>
  );
}

async function knownEmail(ctx: Context): Promise<string> {
  return ctx.actor.kind === 'account' ? (await getAccount(ctx)).email : '';
}

async function freeWords() {
  const t = await getTranslations('shop.checkout');
  return {
    title: t('freeTitle'),
    email: t('email'),
    emailHelp: t('emailHelp'),
    legend: t('waiverLegend'),
    receive: t('receive'),
    pending: t('receiving'),
  };
}

async function checkoutWords(price: string): Promise<CheckoutWords> {
  const t = await getTranslations('shop.checkout');
  return {
    steps: [t('step', { step: 1 }), t('step', { step: 2 }), t('step', { step: 3 })],
    emailTitle: t('emailTitle'),
    email: t('email'),
    emailHelp: t('emailHelp'),
    next: t('next'),
    waiverTitle: t('waiverTitle'),
    waiverLead: t('waiverLead'),
    waiverLegend: t('waiverLegend'),
    waiverNote: t('waiverNote'),
    waiverMissing: t('waiverMissing'),
    payTitle: t('payTitle', { price }),
    edit: t('edit'),
    editEmail: t('editEmail'),
    editWaiver: t('editWaiver'),
    waived: t('waived'),
    pay: t('pay', { price }),
    paying: t('paying'),
    billing: {
      open: t('billing.open'),
      name: t('billing.name'),
      address: t('billing.address'),
      country: t('billing.country'),
      vatNumber: t('billing.vatNumber'),
      vatHelp: t('billing.vatHelp'),
    },
  };
}
