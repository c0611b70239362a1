'use server';

import { revalidatePath } from 'next/cache';
import { textOf } from '#app/_web/form.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { importStartList } from '#domain/timing/import-start-list.ts';
import { previewStartList, type StartListPreview } from '#domain/timing/preview-start-list.ts';
import { LIST_PROFILES, type ListProfile } from '#domain/timing/start-list.ts';
import { readImportFile, readMapping, refusedImport, wordIssues } from '../_parts/import-file.ts';
import type { IssueLine } from '../_parts/issue-list.tsx';
import type { RefusedImport } from '../_parts/use-import.client.ts';

export type PreviewAnswer =
  | { state: 'preview'; preview: Omit<StartListPreview, 'issues'>; issues: IssueLine[] }
  | RefusedImport;

export type ImportAnswer =
  | { state: 'imported'; added: number; changed: number; removed: number; unchanged: number; skipped: number }
  | RefusedImport;

/** Fields: locale, eventId, file, profile, and mapping (one word per column) once a person has corrected it. */
export async function previewStartListAction(form: FormData): Promise<PreviewAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const eventId = textOf(form, 'eventId');
    // Before the file: nobody makes us copy megabytes for an event of somebody else's.
    await requireOwnEvent(ctx, { eventId });
    const { bytes, fileName } = await readImportFile(form);
    const { issues, ...preview } = await previewStartList(ctx, {
      eventId,
      fileName,
      bytes,
      mapping: readMapping(form),
      profile: readProfile(form),
    });
    return { state: 'preview', preview, issues: await wordIssues(ctx, issues) };
  } catch (error) {
    return refusedImport(ctx, error);
  }
}

/** The same fields, and removeMissing. */
export async function importStartListAction(form: FormData): Promise<ImportAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const eventId = textOf(form, 'eventId');
    // Before the file: nobody makes us copy megabytes for an event of somebody else's.
    await requireOwnEvent(ctx, { eventId });
    const { bytes } = await readImportFile(form);
    const removeMissing = textOf(form, 'removeMissing') === 'on';
    const chosen = { mapping: readMapping(form), profile: readProfile(form) };
    const outcome = await importStartList(ctx, { eventId, bytes, ...chosen, removeMissing });
    revalidatePath(`/${ctx.locale}/pro/events/${eventId}`, 'layout');
    const { errors, ...counts } = outcome;
    return { state: 'imported', ...counts, skipped: errors.length };
  } catch (error) {
    return refusedImport(ctx, error);
  }
}

function readProfile(form: FormData): ListProfile | undefined {
  return LIST_PROFILES.find((profile) => profile === textOf(form, 'profile'));
}
