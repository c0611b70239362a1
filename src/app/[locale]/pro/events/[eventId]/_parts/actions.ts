'use server';

import { redirect } from 'next/navigation';
import { type FormState, textOf } from '#app/_web/form.ts';
import { refusedForm } from '#app/_web/form-state.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { archiveEvent } from '#domain/events/archive-event.ts';
import { duplicateEvent } from '#domain/events/duplicate-event.ts';
import { publishEvent } from '#domain/events/publish-event.ts';
import { restoreEvent } from '#domain/events/restore-event.ts';
import { unpublishEvent } from '#domain/events/unpublish-event.ts';
import { reprocessEvent } from '#domain/ingest/reprocess-event.ts';
import { findOffers } from '#domain/pricing/find-offers.ts';
import { setOffer } from '#domain/pricing/set-offer.ts';
import { forgetPublicPages } from '../../_parts/forget-pages.ts';

const MOVES = {
  publish: publishEvent,
  unpublish: unpublishEvent,
  archive: archiveEvent,
  restore: restoreEvent,
} as const;

/** Fields: eventId, move. */
export async function moveEventAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const eventId = textOf(form, 'eventId');
    const asked = textOf(form, 'move');
    const move = Object.entries(MOVES).find(([name]) => name === asked)?.[1];
    if (!move) return refusedForm('input.wrong', ctx.locale);
    await move(ctx, { eventId });
    forgetPublicPages();
    return { state: 'done' };
  });
}

/** Fields: eventId, which ('older' or 'all'). */
export async function reprocessEventAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const which = textOf(form, 'which');
    if (which !== 'older' && which !== 'all') return refusedForm('input.wrong', ctx.locale);
    await reprocessEvent(ctx, { eventId: textOf(form, 'eventId'), which });
    forgetPublicPages();
    return { state: 'done' };
  });
}

/** Field: eventId. Leads to the copy, to be edited. */
export async function duplicateEventAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const eventId = textOf(form, 'eventId');
    const copy = await duplicateEvent(ctx, { eventId });
    const offer = (await findOffers(ctx, [eventId])).get(eventId);
    // Dated discounts were for the days of the other one.
    if (offer) await setOffer(ctx, { ...offer, eventId: copy.id, discounts: [] });
    redirect(`/${ctx.locale}/pro/events/${copy.id}/edit`);
  });
}
