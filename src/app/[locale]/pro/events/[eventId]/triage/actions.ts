'use server';

import type { z } from 'zod';
import { errorWords } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import type { Context } from '#context.ts';
import { type ActAnswer, decideTags, type decideTagsSchema } from '#domain/matching/decide-tags.ts';
import { type UndoAnswer, undoAct } from '#domain/matching/undo-act.ts';
import { claimTriage, type claimTriageSchema, type TriageTurn } from '#domain/triage/claim-triage.ts';
import { listTriagePhotos } from '#domain/triage/list-triage-photos.ts';
import { listTriageRunners } from '#domain/triage/list-triage-runners.ts';
import type { TriagePhoto, TriageRunner } from '#domain/triage/triage-photo.ts';
import { isDomainError } from '#platform/errors.ts';

export type Answer<Value> = { state: 'done'; value: Value } | { state: 'refused'; message: string };

// Public pages show a decision when their half minute is over: forgetting them at each of a thousand an hour would draw
// them anew each time.

export async function claimTriageAction(
  input: z.input<typeof claimTriageSchema>,
): Promise<Answer<TriageTurn>> {
  return answer((ctx) => claimTriage(ctx, input));
}

export async function decideTagsAction(input: z.input<typeof decideTagsSchema>): Promise<Answer<ActAnswer>> {
  return answer((ctx) => decideTags(ctx, input));
}

export async function undoActAction(input: {
  eventId: string;
  actId?: string | undefined;
}): Promise<Answer<UndoAnswer>> {
  return answer((ctx) => undoAct(ctx, input));
}

export async function listTriagePhotosAction(input: {
  eventId: string;
  photoIds: string[];
}): Promise<Answer<TriagePhoto[]>> {
  return answer((ctx) => listTriagePhotos(ctx, input));
}

export async function listTriageRunnersAction(input: { eventId: string }): Promise<Answer<TriageRunner[]>> {
  return answer((ctx) => listTriageRunners(ctx, input));
}

async function answer<Value>(work: (ctx: Context) => Promise<Value>): Promise<Answer<Value>> {
  const ctx = await requestContext();
  try {
    return { state: 'done', value: await work(ctx) };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { state: 'refused', message: (await errorWords(ctx.locale))(error.public) };
  }
}
