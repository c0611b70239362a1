'use server';

import { redirect } from 'next/navigation';
import { type FormState, textOf } from '#app/_web/form.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { resetPassword } from '#domain/accounts/reset-password.ts';

export async function resetPasswordAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await resetPassword(ctx, { token: textOf(form, 'token'), password: textOf(form, 'password') });
    redirect(`/${ctx.locale}/sign-in?after=reset`);
  });
}
