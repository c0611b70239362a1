import 'server-only';
import { textOf } from '#app/_web/form.ts';
import { errorWords, toFormState } from '#app/_web/form-state.ts';
import type { Context } from '#context.ts';
import { type ColumnMapping, type RowIssue, START_LIST_FIELDS } from '#domain/timing/start-list.ts';
import { DomainError } from '#platform/errors.ts';
import type { IssueLine } from './issue-list.tsx';
import type { RefusedImport } from './use-import.client.ts';

/** The field `file` of a form. Throws bad-input without one. */
export async function readImportFile(form: FormData): Promise<{ bytes: Buffer; fileName: string }> {
  const file = form.get('file');
  if (!(file instanceof File)) throw new DomainError('bad-input', { public: { key: 'timing.fileMissing' } });
  return { bytes: Buffer.from(await file.arrayBuffer()), fileName: file.name };
}

/** The field `mapping` of a form: one word per column; none when nobody chose. */
export function readMapping(form: FormData): ColumnMapping | undefined {
  if (!form.has('mapping')) return undefined;
  return textOf(form, 'mapping')
    .split(',')
    .map((word) => START_LIST_FIELDS.find((field) => field === word) ?? null);
}

export async function wordIssues(ctx: Context, issues: RowIssue[]): Promise<IssueLine[]> {
  const say = await errorWords(ctx.locale);
  return issues.map(({ severity, line, column, key, values }) => ({
    severity,
    line,
    column,
    text: say({ key: `timing.${key}`, ...(values ? { values } : {}) }),
  }));
}

export async function refusedImport(ctx: Context, error: unknown): Promise<RefusedImport> {
  const form = await toFormState(error, ctx.locale);
  const message = form.state === 'refused' ? (Object.values(form.fields)[0] ?? form.message) : '';
  return { state: 'refused', message };
}
