'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, textOf } from '#app/_web/form.ts';
import { errorWords, refusedForm } from '#app/_web/form-state.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import type { Context } from '#context.ts';
import { type ClockWord, changeClock } from '#domain/clocks/change-clock.ts';
import { placeCameraByHand } from '#domain/clocks/place-camera.ts';
import { solveClocksAgain } from '#domain/ingest/solve-clocks-again.ts';
import { isAmount, readOffset } from './offset-words.ts';

/** Fields: eventId, cameraKey, to; for `hand` sign, hours, minutes, seconds; for `same-as` sameAsKey. */
export async function changeClockAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const change = readChange(form);
    if (!change) return refusedForm('input.wrong', ctx.locale, form);
    if (change.to === 'hand' && Number.isNaN(change.offsetMs)) {
      const say = await errorWords(ctx.locale);
      const wrong = (['hours', 'minutes', 'seconds'] as const).filter(
        (part) => !isAmount(textOf(form, part)),
      );
      const fields = Object.fromEntries(wrong.map((part) => [part, say({ key: 'clocks.offsetBounds' })]));
      return refusedForm('input.invalid', ctx.locale, form, fields);
    }
    await changeClock(ctx, { ...cameraIn(form), change });
    return done(ctx, form);
  });
}

/** Fields: eventId, cameraKey, from, until, placeId; empty ones are open, and no place takes a person's word back. */
export async function placeCameraAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const from = textOf(form, 'from') || null;
    const until = textOf(form, 'until') || null;
    const placeId = textOf(form, 'placeId') || null;
    await placeCameraByHand(ctx, { ...cameraIn(form), stay: { from, until, placeId } });
    return done(ctx, form);
  });
}

/** Field: eventId. */
export async function solveClocksAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await solveClocksAgain(ctx, { eventId: textOf(form, 'eventId') });
    return done(ctx, form);
  });
}

function cameraIn(form: FormData): { eventId: string; cameraKey: string } {
  return { eventId: textOf(form, 'eventId'), cameraKey: textOf(form, 'cameraKey') };
}

function readChange(form: FormData): ClockWord | null {
  const text = (name: string) => textOf(form, name);
  switch (text('to')) {
    case 'hand': {
      const parts = { sign: text('sign'), hours: text('hours'), minutes: text('minutes') };
      return { to: 'hand', offsetMs: readOffset({ ...parts, seconds: text('seconds') }) };
    }
    case 'same-as':
      return { to: 'same-as', sameAsKey: text('sameAsKey') };
    case 'qr-clock':
      return { to: 'qr-clock' };
    case 'solved':
      return { to: 'solved' };
    default:
      return null;
  }
}

function done(ctx: Context, form: FormData): FormState {
  revalidatePath(`/${ctx.locale}/pro/events/${textOf(form, 'eventId')}/clocks`);
  return { state: 'done' };
}
