'use server';

import { revalidatePath } from 'next/cache';
import { type FormState, textOf } from '#app/_web/form.ts';
import { refusedForm } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import type { Context } from '#context.ts';
import { acceptFetched } from '#domain/connections/accept-fetched.ts';
import { fetchConnection } from '#domain/connections/fetch-connection.ts';
import { type FetchedPreview, previewFetched } from '#domain/connections/preview-fetched.ts';
import { leaveFetched, removeConnection, scheduleConnection } from '#domain/connections/remove-connection.ts';
import { saveConnection } from '#domain/connections/save-connection.ts';
import type { PassagesPreview } from '#domain/timing/preview-passages.ts';
import type { StartListPreview } from '#domain/timing/preview-start-list.ts';
import { readMapping, refusedImport, wordIssues } from './import-file.ts';
import type { IssueLine } from './issue-list.tsx';
import type { RefusedImport } from './use-import.client.ts';

interface Looked {
  state: 'preview';
  /** Of the file that was looked at: that very one is accepted. */
  sha256: string;
  leftOut: number;
  issues: IssueLine[];
}

export type FetchAnswer =
  | (Looked & { of: 'list'; preview: Omit<StartListPreview, 'issues'> })
  | (Looked & { of: 'passages'; preview: Omit<PassagesPreview, 'issues'> })
  | { state: 'same'; issues: IssueLine[]; errorCount: number }
  | { state: 'left' }
  | { state: 'imported'; added: number; changed: number; removed: number; unchanged: number; skipped: number }
  | RefusedImport;

/** Fields: eventId, kind, and those of the kind: editionId and secretKey, or address and secretToken; isScheduled. */
export async function saveConnectionAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const kind = textOf(form, 'kind');
    const common = { eventId: textOf(form, 'eventId'), isScheduled: textOf(form, 'isScheduled') === 'on' };
    if (kind === 'njuko') {
      const secrets = { editionId: textOf(form, 'editionId'), apiKey: textOf(form, 'secretKey') };
      await saveConnection(ctx, { ...common, kind, ...secrets });
    } else if (kind === 'kms' || kind === 'list' || kind === 'passages') {
      const secrets = { address: textOf(form, 'address'), token: textOf(form, 'secretToken') };
      await saveConnection(ctx, { ...common, kind, ...secrets });
    } else return refusedForm('input.wrong', ctx.locale);
    revalidatePath(`/${ctx.locale}/pro/events/${common.eventId}`, 'layout');
    return { state: 'done' };
  });
}

/** Fields: eventId, connectionId, verb ('remove', 'schedule' or 'unschedule'). */
export async function changeConnectionAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const connectionId = textOf(form, 'connectionId');
    const verb = textOf(form, 'verb');
    if (verb === 'remove') await removeConnection(ctx, { connectionId });
    else await scheduleConnection(ctx, { connectionId, isScheduled: verb === 'schedule' });
    revalidatePath(`/${ctx.locale}/pro/events/${textOf(form, 'eventId')}`, 'layout');
    return { state: 'done' };
  });
}

/** Fields: locale, connectionId. */
export async function fetchConnectionAction(form: FormData): Promise<FetchAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const outcome = await fetchConnection(ctx, { connectionId: textOf(form, 'connectionId') });
    if (outcome.state === 'same') {
      const { issues, errorCount } = outcome.preview.preview;
      return { state: 'same', issues: await wordIssues(ctx, issues), errorCount };
    }
    return await worded(ctx, outcome.preview, outcome);
  } catch (error) {
    return refusedImport(ctx, error);
  }
}

/** What waits, looked at again. Fields: locale, connectionId, and mapping once a person has corrected it. */
export async function previewFetchedAction(form: FormData): Promise<FetchAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const connectionId = textOf(form, 'connectionId');
    const { sha256, ...looked } = await previewFetched(ctx, { connectionId, mapping: readMapping(form) });
    return await worded(ctx, looked, { sha256, leftOut: 0 });
  } catch (error) {
    return refusedImport(ctx, error);
  }
}

/** Fields: locale, eventId, connectionId, sha256, removeMissing, mapping for a list. */
export async function acceptFetchedAction(form: FormData): Promise<FetchAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    const counts = await acceptFetched(ctx, {
      connectionId: textOf(form, 'connectionId'),
      sha256: textOf(form, 'sha256'),
      mapping: readMapping(form),
      removeMissing: textOf(form, 'removeMissing') === 'on',
    });
    revalidatePath(`/${ctx.locale}/pro/events/${textOf(form, 'eventId')}`, 'layout');
    return { state: 'imported', ...counts };
  } catch (error) {
    return refusedImport(ctx, error);
  }
}

/** Fields: locale, connectionId. */
export async function leaveFetchedAction(form: FormData): Promise<FetchAnswer> {
  const ctx = await requestContext(textOf(form, 'locale'));
  try {
    await leaveFetched(ctx, { connectionId: textOf(form, 'connectionId') });
    return { state: 'left' };
  } catch (error) {
    return refusedImport(ctx, error);
  }
}

async function worded(
  ctx: Context,
  looked: FetchedPreview,
  { sha256, leftOut }: { sha256: string; leftOut: number },
): Promise<FetchAnswer> {
  const common = { state: 'preview', sha256, leftOut } as const;
  if (looked.of === 'list') {
    const { issues, ...preview } = looked.preview;
    return { ...common, of: 'list', preview, issues: await wordIssues(ctx, issues) };
  }
  const { issues, ...preview } = looked.preview;
  return { ...common, of: 'passages', preview, issues: await wordIssues(ctx, issues) };
}
