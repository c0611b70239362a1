'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { grantCredits } from '#domain/credits/grant-credits.ts';

/** Fields: organisationId, credits, reason, and attemptId of the page: two presses are one grant. */
export async function giveCredits(_state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext();
  const t = await getTranslations({ locale: ctx.locale, namespace: 'admin.credits' });
  try {
    const organisationId = textOf(form, 'organisationId');
    await grantCredits(ctx, {
      organisationId,
      credits: Number(textOf(form, 'credits')),
      reason: textOf(form, 'reason').trim(),
      uniqueKey: `operator/${organisationId}/${textOf(form, 'attemptId').slice(0, 36)}`,
    });
    refresh();
    return { state: 'done', message: t('given') };
  } catch (error) {
    return toFormState(error, ctx.locale, form);
  }
}
