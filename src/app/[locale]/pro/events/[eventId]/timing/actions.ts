'use server';

import { revalidatePath } from 'next/cache';
import { textOf } from '#app/_web/form.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { importPassages, type PassagesImported } from '#domain/timing/import-passages.ts';
import { type PassagesPreview, previewPassages } from '#domain/timing/preview-passages.ts';
import { readImportFile, refusedImport, wordIssues } from '../_parts/import-file.ts';
import type { IssueLine } from '../_parts/issue-list.tsx';
import type { RefusedImport } from '../_parts/use-import.client.ts';

export type PassagesAnswer =
  | { state: 'preview'; preview: Omit<PassagesPreview, 'issues'>; issues: IssueLine[] }
  | ({ state: 'imported' } & PassagesImported)
  | RefusedImport;

/** Fields: locale, eventId, file. */
export async function previewPassagesAction(form: FormData): Promise<PassagesAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const eventId = textOf(form, 'eventId');
    // Before the file: nobody makes us copy megabytes for an event of somebody else's.
    await requireOwnEvent(ctx, { eventId });
    const { bytes } = await readImportFile(form);
    const { issues, ...preview } = await previewPassages(ctx, { eventId, bytes });
    return { state: 'preview', preview, issues: await wordIssues(ctx, issues) };
  } catch (error) {
    return refusedImport(ctx, error);
  }
}

/** The same fields, and removeMissing. */
export async function importPassagesAction(form: FormData): Promise<PassagesAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const eventId = textOf(form, 'eventId');
    // Before the file: nobody makes us copy megabytes for an event of somebody else's.
    await requireOwnEvent(ctx, { eventId });
    const { bytes } = await readImportFile(form);
    const removeMissing = textOf(form, 'removeMissing') === 'on';
    const imported = await importPassages(ctx, { eventId, bytes, removeMissing });
    revalidatePath(`/${ctx.locale}/pro/events/${eventId}`, 'layout');
    return { state: 'imported', ...imported };
  } catch (error) {
    return refusedImport(ctx, error);
  }
}
