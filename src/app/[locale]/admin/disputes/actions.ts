'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { answerWarning } from '#domain/disputes/answer-warning.ts';
import { askToSendEvidence } from '#domain/disputes/ask-to-send-evidence.ts';

/** Fields: id, and verb as refund or leave. */
export async function answerFraudWarning(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const answer = textOf(form, 'verb') === 'refund' ? 'refund' : 'leave';
    await answerWarning(ctx, { warningId: textOf(form, 'id'), answer });
    const t = await getTranslations({ locale: ctx.locale, namespace: 'payments.warnings' });
    refresh();
    return { state: 'done', message: t(answer === 'refund' ? 'refunded' : 'left') };
  });
}

/** Fields: locale, disputeId. */
export async function sendEvidenceToBank(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const outcome = await askToSendEvidence(ctx, { disputeId: textOf(form, 'disputeId') });
    const t = await getTranslations({ locale: ctx.locale, namespace: 'payments.disputes' });
    refresh();
    return { state: 'done', message: t(outcome === 'asked' ? 'sent' : 'already') };
  });
}
