'use server';

import { refresh } from 'next/cache';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cartToken } from '#app/_web/cart-token.ts';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import type { CartView } from '#domain/orders/cart.ts';
import { setCartCode } from '#domain/orders/set-cart-code.ts';
import { type CheckoutResult, startCheckout } from '#domain/orders/start-checkout.ts';
import type { PromoRefusal } from '#domain/pricing/find-promos.ts';
import { formatMoney } from '#ui/format-money.ts';

/** Fields: locale, email, immediate, waived, expectedTotalCents, and for an invoice with an address billingName,
 *  billingAddress, billingCountry, billingVatNumber. Ends on the provider's page, or says why not. */
export async function startPayment(_previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  const t = await getTranslations({ locale: ctx.locale, namespace: 'shop' });
  if (form.get('immediate') !== 'on' || form.get('waived') !== 'on') {
    return { state: 'refused', message: t('checkout.waiverMissing'), fields: {}, typed: {} };
  }
  const received = await headers();
  let result: CheckoutResult;
  try {
    result = await startCheckout(ctx, {
      token: await cartToken(),
      email: textOf(form, 'email'),
      waiver: true,
      expectedTotalCents: Number(textOf(form, 'expectedTotalCents')),
      billing: readBilling(form),
      from: { clientAddress: received.get('client-address'), userAgent: received.get('user-agent') },
    });
  } catch (error) {
    return toFormState(error, ctx.locale);
  }
  if (result.outcome === 'empty-cart') {
    refresh();
    return { state: 'refused', message: t('checkout.emptyTitle'), fields: {}, typed: {} };
  }
  if (result.outcome === 'price-changed') {
    const gone = await takeCodeAway(result.cart);
    refresh();
    if (gone)
      return { state: 'refused', message: t(`promo.refused.${gone.refusal}`, gone), fields: {}, typed: {} };
    const price = formatMoney(result.cart.totalCents, result.cart.currency ?? 'eur', ctx.locale);
    return { state: 'refused', message: t('checkout.priceChanged', { price }), fields: {}, typed: {} };
  }
  if (result.outcome === 'started') {
    if (result.next.kind === 'redirect') redirect(result.next.url);
    redirect(`/${ctx.locale}/pay/${result.secret}`);
  }
  redirect(`/${ctx.locale}/orders/${result.secret}`);
}

/** Null where nothing was written: most buyers need no address on their invoice. */
function readBilling(form: FormData) {
  const text = (name: string) => textOf(form, `billing${name}`).trim();
  const [name, address, vatNumber] = [text('Name'), text('Address'), text('VatNumber')];
  if (name === '' && address === '' && vatNumber === '') return null;
  return { name, address, country: text('Country'), vatNumber: vatNumber || null };
}

/** A code that this buyer cannot use leaves the cart: without the address, the page would price it again with the code. */
async function takeCodeAway({ promo }: CartView): Promise<{ refusal: PromoRefusal; code: string } | null> {
  if (!promo || promo.refusal === null) return null;
  const ctx = await requestContext();
  await setCartCode(ctx, { token: await cartToken(), code: '' });
  return { refusal: promo.refusal, code: promo.code };
}
