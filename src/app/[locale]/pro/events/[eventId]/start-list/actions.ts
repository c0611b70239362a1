'use server';

import { revalidatePath } from 'next/cache';
import { textOf } from '#app/_web/form.ts';
import { errorWords, toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import type { Context } from '#context.ts';
import { importStartList } from '#domain/timing/import-start-list.ts';
import { previewStartList, type StartListPreview } from '#domain/timing/preview-start-list.ts';
import { type ColumnMapping, type RowIssue, START_LIST_FIELDS } from '#domain/timing/start-list.ts';
import { DomainError } from '#platform/errors.ts';

export interface IssueLine {
  severity: 'error' | 'warning';
  line: number;
  column: string | null;
  text: string;
}

export type PreviewAnswer =
  | { state: 'preview'; preview: Omit<StartListPreview, 'issues'>; issues: IssueLine[] }
  | { state: 'refused'; message: string };

export type ImportAnswer =
  | { state: 'imported'; added: number; changed: number; removed: number; unchanged: number; skipped: number }
  | { state: 'refused'; message: string };

/** Fields: locale, eventId, file, and mapping (one word per column) once a person has corrected it. */
export async function previewStartListAction(form: FormData): Promise<PreviewAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const { bytes, fileName } = await readFile(form);
    const eventId = textOf(form, 'eventId');
    const { issues, ...preview } = await previewStartList(ctx, {
      eventId,
      fileName,
      bytes,
      mapping: readMapping(form),
    });
    return { state: 'preview', preview, issues: await wordIssues(ctx, issues) };
  } catch (error) {
    return refused(ctx, error);
  }
}

/** The same fields, and removeMissing. */
export async function importStartListAction(form: FormData): Promise<ImportAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const { bytes } = await readFile(form);
    const eventId = textOf(form, 'eventId');
    const removeMissing = textOf(form, 'removeMissing') === 'on';
    const outcome = await importStartList(ctx, { eventId, bytes, mapping: readMapping(form), removeMissing });
    revalidatePath(`/${ctx.locale}/pro/events/${eventId}`, 'layout');
    const { errors, ...counts } = outcome;
    return { state: 'imported', ...counts, skipped: errors.length };
  } catch (error) {
    return refused(ctx, error);
  }
}

async function readFile(form: FormData): Promise<{ bytes: Buffer; fileName: string }> {
  const file = form.get('file');
  if (!(file instanceof File)) throw new DomainError('bad-input', { public: { key: 'timing.fileMissing' } });
  return { bytes: Buffer.from(await file.arrayBuffer()), fileName: file.name };
}

function readMapping(form: FormData): ColumnMapping | undefined {
  if (!form.has('mapping')) return undefined;
  return textOf(form, 'mapping')
    .split(',')
    .map((word) => START_LIST_FIELDS.find((field) => field === word) ?? null);
}

async function wordIssues(ctx: Context, issues: RowIssue[]): Promise<IssueLine[]> {
  const say = await errorWords(ctx.locale);
  return issues.map(({ severity, line, column, key, values }) => ({
    severity,
    line,
    column,
    text: say({ key: `timing.${key}`, ...(values ? { values } : {}) }),
  }));
}

async function refused(ctx: Context, error: unknown): Promise<{ state: 'refused'; message: string }> {
  const form = await toFormState(error, ctx.locale);
  const message = form.state === 'refused' ? (Object.values(form.fields)[0] ?? form.message) : '';
  return { state: 'refused', message };
}
