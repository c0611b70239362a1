'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { dropDeadJob } from '#domain/operations/drop-dead-job.ts';
import { retryDeadJob } from '#domain/operations/retry-dead-job.ts';

/** Fields: id, and verb as retry or drop. */
export async function changeDeadJob(_state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext();
  const t = await getTranslations({ locale: ctx.locale, namespace: 'admin.queue' });
  try {
    const act = textOf(form, 'verb') === 'drop' ? dropDeadJob : retryDeadJob;
    const outcome = await act(ctx, { jobId: textOf(form, 'id') });
    refresh();
    return { state: 'done', message: t(`outcome.${outcome}`) };
  } catch (error) {
    return toFormState(error, ctx.locale);
  }
}
