'use server';

import { redirect } from 'next/navigation';
import { type FormState, textOf } from '#app/_web/form.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { confirmEmailChange } from '#domain/accounts/change-email.ts';
import { verifyAddress } from '#domain/accounts/verify-address.ts';

export async function verifyAddressAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await verifyAddress(ctx, { token: textOf(form, 'token') });
    redirect(`/${ctx.locale}/sign-in?after=verified`);
  });
}

export async function confirmEmailAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await confirmEmailChange(ctx, { token: textOf(form, 'token') });
    redirect(`/${ctx.locale}/sign-in?after=email`);
  });
}
