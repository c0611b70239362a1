'use server';

import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { refusedForm } from '#app/_web/form-state.ts';
import { readVisitor } from '#app/_web/session-cookies.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { SIGN_UP_ROLES } from '#domain/accounts/account.ts';
import { signUp } from '#domain/accounts/sign-up.ts';

export async function signUpAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const { client } = await readVisitor(ctx);
    const role = SIGN_UP_ROLES.find((known) => known === textOf(form, 'role'));
    if (!role) return refusedForm('accounts.roleRequired', ctx.locale, form);
    await signUp(ctx, {
      role,
      name: textOf(form, 'name'),
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
      locale: ctx.locale,
      client,
    });
    const t = await getTranslations({ locale: ctx.locale, namespace: 'account' });
    const kept = ctx.mail.transport === 'kept' ? ` ${t('mailKept')}` : '';
    return { state: 'done', message: `${t('signUp.checkMail')}${kept}` };
  });
}
