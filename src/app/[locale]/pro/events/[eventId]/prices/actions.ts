'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { offerSchema } from '#domain/pricing/offer-rules.ts';
import { setOffer } from '#domain/pricing/set-offer.ts';
import { setShares } from '#domain/pricing/set-shares.ts';
import { isDomainError } from '#platform/errors.ts';
import { forgetPublicPages } from '../../_parts/forget-pages.ts';
import { type ReadOfferForm, readOfferForm } from './_parts/offer-draft.ts';
import { readBps } from './_parts/share-percent.ts';
import { type Simulation, simulateOffer } from './_parts/simulate-offer.ts';

/** Fields: locale, eventId, and those of the offer. */
export async function saveOffer(_state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  let read: ReadOfferForm | null = null;
  try {
    const event = await requireOwnEvent(ctx, { eventId: textOf(form, 'eventId') });
    read = readOfferForm(form, event.timeZone);
    await setOffer(ctx, { ...read.input, eventId: event.id });
    forgetPublicPages();
    const t = await getTranslations({ locale: ctx.locale, namespace: 'prices' });
    return { state: 'done', message: t('saved') };
  } catch (error) {
    const refused = await toFormState(error, ctx.locale, form);
    if (refused.state !== 'refused' || !read) return refused;
    const { fieldName } = read;
    const fields = Object.entries(refused.fields).map(([path, message]) => [fieldName(path), message]);
    return { ...refused, fields: Object.fromEntries(fields) };
  }
}

/** Prices the draft as it stands in the form, saved or not; null while it cannot be read. Writes nothing. */
export async function simulateDraft(form: FormData): Promise<Simulation | null> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const event = await requireOwnEvent(ctx, { eventId: textOf(form, 'eventId') });
    const { input } = readOfferForm(form, event.timeZone);
    // Prices that contradict each other are shown at work; only what is no price at all is not.
    const faults = offerSchema.safeParse(input).error?.issues ?? [];
    if (faults.some(({ code }) => code !== 'custom')) return null;
    const { id: eventId, currency, startsAt } = event;
    return simulateOffer({ ...input, eventId, currency, startsAt }, ctx.clock.now());
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}

const SHARE_FIELDS: Record<string, string> = {
  organiser: 'who',
  'organiser.email': 'email',
  organiserBps: 'organiser',
  charityBps: 'charity',
};

/** Fields: locale, eventId, who ('keep', 'none' or 'other'), email, organiser, charityName, charity. */
export async function saveShares(_state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext(textOf(form, 'locale'));
  const text = (name: string) => textOf(form, name).trim();
  const who = text('who');
  try {
    await setShares(ctx, {
      eventId: text('eventId'),
      organiser: who === 'other' ? { email: text('email') } : who === 'keep' ? 'keep' : 'none',
      organiserBps: who === 'none' ? 0 : readBps(text('organiser')),
      charityName: text('charityName') || null,
      charityBps: readBps(text('charity')),
    });
  } catch (error) {
    const refused = await toFormState(error, ctx.locale, form);
    if (refused.state !== 'refused') return refused;
    const fields = Object.entries(refused.fields).map(([path, words]) => [SHARE_FIELDS[path] ?? path, words]);
    return { ...refused, fields: Object.fromEntries(fields) };
  }
  refresh();
  const t = await getTranslations({ locale: ctx.locale, namespace: 'prices' });
  return { state: 'done', message: t('shares.saved') };
}
