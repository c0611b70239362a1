import { and, eq, inArray, isNotNull, lt, lte, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { photos } from '#domain/photos/tables.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { describePhotos } from './describe-photos.ts';
import { listTriage } from './list-triage.ts';
import { triageClaims } from './tables.ts';
import type { TriagePhoto } from './triage-photo.ts';

/** Renewed well before by a page in use; a page that was closed gives its photos back after it. */
const CLAIM_MS = 60_000;

export const claimTriageSchema = z.object({
  eventId: z.uuid(),
  /** `next` of the turn before. */
  after: z.string().max(80).nullish(),
  /** Zero only renews. */
  limit: z.number().int().min(0).max(50).default(10),
  seatId: z.uuid(),
  /** Photos that the page has in hand. */
  keep: z.array(z.uuid()).max(500).default([]),
});

export interface TriageTurn {
  photos: TriagePhoto[];
  /** Where to go on; null at the end. */
  next: string | null;
  /** Of `keep`, what is still this seat's. Others have taken the rest. */
  kept: string[];
  left: { doubtful: number; unknown: number };
}

/**
 * Gives a seat the next photos of triage and holds them for a minute, so that another seat is given others; holds again what
 * it keeps. Throws conflict for an archived event.
 */
export async function claimTriage(
  ctx: Context,
  input: z.input<typeof claimTriageSchema>,
): Promise<TriageTurn> {
  const { seatId, keep, ...query } = parseInput(claimTriageSchema, input);
  const { eventId, limit } = query;
  const event = await requireOwnEvent(ctx, query);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  await ctx.db
    .delete(triageClaims)
    .where(and(eq(triageClaims.eventId, eventId), lt(triageClaims.heldUntil, ctx.clock.now())));
  const kept = await hold(ctx, { eventId, seatId, photoIds: keep });
  const left = await countTriage(ctx, { eventId });
  if (limit === 0) return { photos: [], next: query.after ?? null, kept, left };
  const waiting = await listTriage(ctx, { ...query, except: keep, seatId });
  const held = new Set(await hold(ctx, { eventId, seatId, photoIds: waiting.photoIds }));
  const given = waiting.photoIds.filter((id) => held.has(id));
  return { photos: await describePhotos(ctx, event, given), next: waiting.next, kept, left };
}

/** How many photos of an own event wait for a person's word. */
export async function countTriage(
  ctx: Context,
  input: { eventId: string },
): Promise<{ doubtful: number; unknown: number }> {
  const { id: eventId } = await requireOwnEvent(ctx, input);
  const [counted] = await ctx.db
    .select({
      doubtful: sql<number>`count(*) filter (where ${photos.triageGain} >= 1)::int`,
      unknown: sql<number>`count(*) filter (where ${photos.triageGain} < 1)::int`,
    })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), isNotNull(photos.triageGain)));
  return counted ?? { doubtful: 0, unknown: 0 };
}

/** Holds what is free or this seat's own; gives what it now holds. In one order, so that two seats never wait for each other. */
async function hold(
  ctx: Context,
  { eventId, seatId, photoIds }: { eventId: string; seatId: string; photoIds: string[] },
): Promise<string[]> {
  const own = photoIds.length === 0 ? [] : await ofEvent(ctx, eventId, photoIds);
  if (own.length === 0) return [];
  const now = ctx.clock.now();
  const heldUntil = new Date(now.getTime() + CLAIM_MS);
  const held = await ctx.db
    .insert(triageClaims)
    .values(own.map((photoId) => ({ photoId, eventId, seatId, heldUntil })))
    .onConflictDoUpdate({
      target: triageClaims.photoId,
      set: { seatId, heldUntil },
      setWhere: or(eq(triageClaims.seatId, seatId), lte(triageClaims.heldUntil, now)),
    })
    .returning({ photoId: triageClaims.photoId });
  return held.map(({ photoId }) => photoId);
}

async function ofEvent(ctx: Context, eventId: string, photoIds: string[]): Promise<string[]> {
  const found = await ctx.db
    .select({ id: photos.id })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), inArray(photos.id, photoIds)))
    .orderBy(photos.id);
  return found.map(({ id }) => id);
}
