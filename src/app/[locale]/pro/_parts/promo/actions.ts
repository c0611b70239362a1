'use server';

import { refresh } from 'next/cache';
import { type FormState, textOf } from '#app/_web/form.ts';
import { errorWords, refusedForm, toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { createPromoCode } from '#domain/pricing/create-promo-code.ts';
import { endPromoCode } from '#domain/pricing/end-promo-code.ts';
import { promoFieldName, readPromoForm } from './promo-fields.ts';

/** Fields: locale, timeZone, code, scope, kind, off, startsAt, endsAt, maxUses, maxUsesPerBuyer, minTotal. */
export async function createPromo(_state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  const { input, unreadable } = readPromoForm(form);
  const say = await errorWords(ctx.locale);
  const words = Object.fromEntries(unreadable.map((name) => [name, say({ key: 'events.dateRequired' })]));
  if (unreadable.length > 0) return refusedForm('input.invalid', ctx.locale, form, words);
  try {
    await createPromoCode(ctx, input);
  } catch (error) {
    const refused = await toFormState(error, ctx.locale, form);
    if (refused.state !== 'refused') return refused;
    const fields = Object.entries(refused.fields).map(([path, message]) => [promoFieldName(path), message]);
    return { ...refused, fields: Object.fromEntries(fields) };
  }
  refresh();
  return { state: 'done' };
}

/** Field: promoCodeId. */
export async function endPromo(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await endPromoCode(ctx, { promoCodeId: textOf(form, 'promoCodeId') });
    refresh();
    return { state: 'done' };
  });
}
