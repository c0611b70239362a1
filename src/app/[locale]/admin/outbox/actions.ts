'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { dropMail } from '#domain/operations/drop-mail.ts';
import { retryMail } from '#domain/operations/retry-mail.ts';

/** Fields: id, and verb as retry or drop. */
export async function changeMail(_state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext();
  const t = await getTranslations({ locale: ctx.locale, namespace: 'admin.outbox' });
  try {
    const act = textOf(form, 'verb') === 'drop' ? dropMail : retryMail;
    const outcome = await act(ctx, { mailId: textOf(form, 'id') });
    refresh();
    return { state: 'done', message: t(`outcome.${outcome}`) };
  } catch (error) {
    return toFormState(error, ctx.locale);
  }
}
