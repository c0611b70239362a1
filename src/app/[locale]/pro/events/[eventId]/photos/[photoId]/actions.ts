'use server';

import { type FormState, textOf } from '#app/_web/form.ts';
import { refusedForm } from '#app/_web/form-state.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { askPhotoEdit } from '#domain/ingest/ask-photo-edit.ts';
import { reprocessPhoto } from '#domain/ingest/reprocess-photo.ts';
import { decideTags } from '#domain/matching/decide-tags.ts';
import { undoAct } from '#domain/matching/undo-act.ts';
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

/** Fields: eventId, photoId, mark, bib, decision; unlisted with the bib that the person knows to be in no start list. */
export async function decideTagAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const [photoId, bib, decision] = [textOf(form, 'photoId'), textOf(form, 'bib'), textOf(form, 'decision')];
    if (decision !== 'confirmed' && decision !== 'rejected') return refusedForm('input.wrong', ctx.locale);
    const answer = await decideTags(ctx, {
      eventId: textOf(form, 'eventId'),
      actId: ctx.random.id(),
      decisions: [{ photoId, bib, decision }],
      unlisted: bib !== '' && textOf(form, 'unlisted') === bib,
      seen: { [photoId]: textOf(form, 'mark') },
    });
    if (answer.outcome === 'unlisted') {
      return refusedForm('matching.unlisted', ctx.locale, form, { unlisted: bib });
    }
    forgetPublicPages();
    if (answer.overtaken.length > 0) return refusedForm('matching.overtaken', ctx.locale);
    return { state: 'done' };
  });
}

/** Field: eventId. */
export async function undoLastActAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const answer = await undoAct(ctx, { eventId: textOf(form, 'eventId') });
    if (answer.outcome === 'nothing') return refusedForm('matching.nothingToUndo', ctx.locale);
    forgetPublicPages();
    if (answer.kept.length > 0) return refusedForm('matching.kept', ctx.locale);
    return { state: 'done' };
  });
}
