'use server';

import { redirect } from 'next/navigation';
import { textOf } from '#app/_web/form.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { finishTestOnboarding } from '#platform/payments/test-onboarding.ts';

/** Field: linkId. Ends where the seller came from. */
export async function giveEverything(form: FormData): Promise<void> {
  const ctx = await requestContext();
  const { returnUrl } = await finishTestOnboarding(ctx, { linkId: textOf(form, 'linkId') });
  redirect(returnUrl);
}
