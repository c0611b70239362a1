'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { refusedForm } from '#app/_web/form-state.ts';
import { keepOrderSecret, keptOrderSecret } from '#app/_web/order-secret-cookie.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { readVisitor } from '#app/_web/session-cookies.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { claimPhotos } from '#domain/claims/claim-photos.ts';

/** Fields: eventId, kind, bib, and photoId as often as photos are ticked. */
export async function sendClaims(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const { client } = await readVisitor(ctx);
    const answer = await claimPhotos(ctx, {
      eventId: textOf(form, 'eventId'),
      kind: textOf(form, 'kind') === 'not-me' ? 'not-me' : 'me',
      bib: textOf(form, 'bib'),
      photoIds: form.getAll('photoId').filter((value) => typeof value === 'string'),
      client,
      orderSecret: await keptOrderSecret(),
    });
    const t = await getTranslations({ locale: ctx.locale, namespace: 'found' });
    if (answer.outcome === 'unknown-bib') {
      return refusedForm('claims.unknownBib', ctx.locale, form, { bib: t('unknownBib') });
    }
    return { state: 'done', message: t('answer', { waiting: answer.waiting, counted: answer.counted }) };
  });
}

/** Fields: secret, slug, bib. From an order's page to the photos without a runner: there, the order speaks for its buyer. */
export async function lookWithOrder(form: FormData): Promise<void> {
  const ctx = await requestContext(textOf(form, 'locale'));
  await keepOrderSecret(ctx, textOf(form, 'secret'));
  const slug = encodeURIComponent(textOf(form, 'slug'));
  redirect(`/${ctx.locale}/events/${slug}/found?${new URLSearchParams({ bib: textOf(form, 'bib') })}`);
}
