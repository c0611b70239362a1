'use server';

import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { readVisitor } from '#app/_web/session-cookies.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { requestPasswordReset } from '#domain/accounts/request-password-reset.ts';

export async function requestResetAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const { client } = await readVisitor(ctx);
    await requestPasswordReset(ctx, { email: textOf(form, 'email'), client });
    const t = await getTranslations({ locale: ctx.locale, namespace: 'account' });
    const kept = ctx.mail.transport === 'kept' ? ` ${t('mailKept')}` : '';
    return { state: 'done', message: `${t('forgot.checkMail')}${kept}` };
  });
}
