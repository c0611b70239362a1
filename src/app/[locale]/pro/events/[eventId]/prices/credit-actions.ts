'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { setFileCredit } from '#domain/orders/set-file-credit.ts';

/** Fields: locale, eventId, credit, licence. */
export async function saveFileCredit(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const text = (name: string) => textOf(form, name);
    await setFileCredit(ctx, { eventId: text('eventId'), credit: text('credit'), licence: text('licence') });
    refresh();
    const t = await getTranslations({ locale: ctx.locale, namespace: 'prices' });
    return { state: 'done', message: t('credit.saved') };
  });
}
