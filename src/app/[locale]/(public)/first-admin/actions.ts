'use server';

import { redirect } from 'next/navigation';
import { type FormState, textOf } from '#app/_web/form.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { createFirstAdmin } from '#domain/accounts/first-admin.ts';

export async function createFirstAdminAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await createFirstAdmin(ctx, {
      token: textOf(form, 'token'),
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
      locale: ctx.locale,
    });
    redirect(`/${ctx.locale}/sign-in?after=admin`);
  });
}
