'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { type CreditCheckoutResult, startCreditCheckout } from '#domain/orders/start-credit-checkout.ts';

/** Fields: locale, credits, expectedCents, attemptId. Ends on the provider's page, or says why not. */
export async function buyCredits(_previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  const t = await getTranslations({ locale: ctx.locale, namespace: 'pro.credits' });
  let result: CreditCheckoutResult;
  try {
    result = await startCreditCheckout(ctx, {
      credits: Number(textOf(form, 'credits')),
      expectedCents: Number(textOf(form, 'expectedCents')),
      attemptId: textOf(form, 'attemptId'),
    });
  } catch (error) {
    return toFormState(error, ctx.locale);
  }
  if (result.outcome === 'price-changed') {
    refresh();
    return { state: 'refused', message: t('priceChanged'), fields: {}, typed: {} };
  }
  if (result.outcome === 'in-progress') redirect(`/${ctx.locale}/orders/${result.secret}`);
  if (result.next.kind === 'redirect') redirect(result.next.url);
  redirect(`/${ctx.locale}/pay/${result.secret}`);
}
