'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, textOf } from '#app/_web/form.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { checkClaims } from '#domain/claims/check-claims.ts';

/** Fields: eventId, claimId, and verdict, the button that was pressed. */
export async function checkClaimAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const eventId = textOf(form, 'eventId');
    await checkClaims(ctx, {
      eventId,
      claimIds: [textOf(form, 'claimId')],
      verdict: textOf(form, 'verdict') === 'accept' ? 'accept' : 'refuse',
    });
    revalidatePath(`/${ctx.locale}/pro/events/${eventId}/claims`);
    return { state: 'done' };
  });
}
