'use server';

import { redirect } from 'next/navigation';
import { type FormState, textOf } from '#app/_web/form.ts';
import { errorWords, refusedForm, toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import type { Context } from '#context.ts';
import { createEvent } from '#domain/events/create-event.ts';
import { eventSchema } from '#domain/events/event.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { updateEvent } from '#domain/events/update-event.ts';
import { setPublishThreshold } from '#domain/matching/set-publish-threshold.ts';
import { chooseCover } from '#domain/photos/choose-cover.ts';
import { parseInput } from '#platform/parse-input.ts';
import { type ReadEventForm, readEventForm } from './event-fields.ts';
import { forgetPublicPages } from './forget-pages.ts';

export async function createEventAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitEvent(form, async (ctx, input) => {
    const { id } = await createEvent(ctx, input);
    redirect(`/${ctx.locale}/pro/events/${id}`);
  });
}

export async function updateEventAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitEvent(form, async (ctx, input) => {
    const eventId = textOf(form, 'eventId');
    const publishThreshold = Number(textOf(form, 'publishThreshold'));
    if (form.has('publishThreshold')) await setPublishThreshold(ctx, { eventId, publishThreshold });
    await updateEvent(ctx, { ...input, eventId });
    if (form.has('coverPhotoId')) {
      await chooseCover(ctx, { eventId, photoId: textOf(form, 'coverPhotoId') || null });
    }
    forgetPublicPages();
    // The form would not know the ids of its new rows: the overview shows what was saved.
    redirect(`/${ctx.locale}/pro/events/${eventId}`);
  });
}

async function submitEvent(
  form: FormData,
  work: (ctx: Context, input: ReadEventForm['input']) => Promise<FormState>,
): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  const { input, unreadable, fieldName } = readEventForm(form);
  const say = await errorWords(ctx.locale);
  const words = Object.fromEntries(Object.entries(unreadable).map(([name, key]) => [name, say({ key })]));
  try {
    parseInput(eventSchema, { ...input, ...(await keptPrices(ctx, form)) });
    if (Object.keys(words).length > 0) return refusedForm('input.invalid', ctx.locale, form, words);
    return await work(ctx, input);
  } catch (error) {
    const refused = await toFormState(error, ctx.locale, form);
    if (refused.state !== 'refused') return refused;
    const fields = Object.entries(refused.fields).map(([path, message]) => [fieldName(path), message]);
    return { ...refused, fields: { ...Object.fromEntries(fields), ...words } };
  }
}

/** An event that is there keeps its prices, which have a form of their own. */
async function keptPrices(ctx: Context, form: FormData) {
  const eventId = textOf(form, 'eventId');
  if (eventId === '') return {};
  const { photoPriceCents, allPhotosPriceCents } = await requireOwnEvent(ctx, { eventId });
  return { photoPriceCents, allPhotosPriceCents };
}
