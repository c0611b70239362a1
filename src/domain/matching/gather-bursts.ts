import { and, asc, inArray, isNotNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Burst, Frame, FrameRead } from '#domain/weighing/scene.ts';
import type { EventScale } from './event-scale.ts';
import type { Shot } from './find-bursts.ts';
import { listCandidates } from './list-candidates.ts';
import { placeBursts } from './place-shots.ts';
import { attributions, bibReads, photoFindings } from './tables.ts';

/** Everything that is known of each of these bursts, ready to be weighed; in their order. */
export async function gatherBursts(
  ctx: Context,
  scale: EventScale,
  bursts: readonly Shot[][],
): Promise<Burst[]> {
  const photoIds = bursts.flatMap((burst) => burst.map(({ id }) => id));
  const reads = await listReads(ctx, photoIds);
  const persons = await listPersons(ctx, photoIds);
  const decisions = await listDecisions(ctx, photoIds);
  const places = await placeBursts(ctx, { eventId: scale.eventId, bursts });
  const scenes = bursts.flatMap((burst, at) => {
    const place = places[at];
    if (!place) return [];
    const frames: Frame[] = burst.map(({ id, takenAt }) => ({
      photoId: id,
      cameraAtMs: takenAt?.getTime() ?? null,
      atMs: place.atMs.get(id) ?? null,
      reads: reads.get(id) ?? [],
      persons: persons.get(id) ?? [],
      decisions: decisions.get(id) ?? [],
    }));
    return [{ frames, place }];
  });
  const candidates = await listCandidates(ctx, scale, scenes);
  return scenes.map(({ frames, place }, at) => ({
    frames,
    candidates: candidates[at] ?? [],
    timed: place.window !== null,
    clockSpreadMs: place.clockSpreadMs,
    startListSize: scale.startListSize,
  }));
}

/** Without the digits' probabilities: the judgement of the reads has used them. */
async function listReads(ctx: Context, photoIds: string[]): Promise<Map<string, FrameRead[]>> {
  const { photoId, bib, box, kind, confidence, partial, alternatives, reason, text } = bibReads;
  const found = await ctx.db
    .select({ photoId, bib, box, kind, confidence, partial, alternatives, reason, text })
    .from(bibReads)
    .where(inArray(photoId, photoIds))
    .orderBy(asc(bibReads.id));
  const leastSure = ctx.config.aiOcrConfidenceThreshold / 100;
  const reads = new Map<string, FrameRead[]>();
  for (const row of found) {
    const doubted = row.kind === 'sure' && row.confidence < leastSure;
    const read: FrameRead = {
      ...{ bib: row.bib, box: row.box, confidence: row.confidence, text: row.text },
      kind: doubted ? 'guess' : row.kind,
      // Only the engine's own reasons are written there.
      ...(row.reason !== null && { reason: row.reason as NonNullable<FrameRead['reason']> }),
      ...(row.partial && { partial: row.partial }),
      ...(row.alternatives && { alternatives: row.alternatives }),
    };
    reads.set(row.photoId, [...(reads.get(row.photoId) ?? []), read]);
  }
  return reads;
}

async function listPersons(ctx: Context, photoIds: string[]): Promise<Map<string, Frame['persons']>> {
  const found = await ctx.db
    .select({ photoId: photoFindings.photoId, persons: photoFindings.persons })
    .from(photoFindings)
    .where(inArray(photoFindings.photoId, photoIds));
  return new Map(found.map(({ photoId, persons }) => [photoId, persons ?? []]));
}

async function listDecisions(ctx: Context, photoIds: string[]): Promise<Map<string, Frame['decisions']>> {
  const found = await ctx.db
    .select({ photoId: attributions.photoId, bib: attributions.bib, decision: attributions.decision })
    .from(attributions)
    .where(and(inArray(attributions.photoId, photoIds), isNotNull(attributions.decision)))
    .orderBy(attributions.bib);
  const decisions = new Map<string, Frame['decisions']>();
  for (const { photoId, bib, decision } of found) {
    if (decision) decisions.set(photoId, [...(decisions.get(photoId) ?? []), { bib, decision }]);
  }
  return decisions;
}
