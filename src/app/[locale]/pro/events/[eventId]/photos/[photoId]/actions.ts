'use server';

import { type FormState, textOf } from '#app/_web/form.ts';
import { refusedForm } from '#app/_web/form-state.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { askPhotoEdit } from '#domain/ingest/ask-photo-edit.ts';
import { reprocessPhoto } from '#domain/ingest/reprocess-photo.ts';
import { chooseCover } from '#domain/photos/choose-cover.ts';
import { decideEdit } from '#domain/photos/decide-edit.ts';
import { forgetPublicPages } from '../../../_parts/forget-pages.ts';

/** Fields: photoId, and eventId for the cover. */
export async function reprocessPhotoAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await reprocessPhoto(ctx, { photoId: textOf(form, 'photoId') });
    forgetPublicPages();
    return { state: 'done' };
  });
}

export async function chooseCoverAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await chooseCover(ctx, { eventId: textOf(form, 'eventId'), photoId: textOf(form, 'photoId') });
    forgetPublicPages();
    return { state: 'done' };
  });
}

export async function askEditAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await askPhotoEdit(ctx, { photoId: textOf(form, 'photoId') });
    forgetPublicPages();
    return { state: 'done' };
  });
}

/** Fields: photoId, decision. */
export async function decideEditAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const decision = textOf(form, 'decision');
    if (decision !== 'accepted' && decision !== 'declined') return refusedForm('input.wrong', ctx.locale);
    await decideEdit(ctx, { photoId: textOf(form, 'photoId'), decision });
    forgetPublicPages();
    return { state: 'done' };
  });
}
