'use server';

import { redirect } from 'next/navigation';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { startOnboarding } from '#domain/payouts/start-onboarding.ts';

/** Fields: locale, country. Ends on the provider's page, or says why not. */
export async function openAccount(_previous: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  let address: string;
  try {
    address = (await startOnboarding(ctx, { country: textOf(form, 'country') })).url;
  } catch (error) {
    return toFormState(error, ctx.locale);
  }
  redirect(address);
}
