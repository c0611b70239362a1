import { and, between, eq, gt, lt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { askWeighing } from '#domain/matching/ask-weighing.ts';
import { photosToWeigh } from '#domain/matching/tables.ts';
import { askStacking } from '#domain/photos/ask-stacking.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { askClocks } from './ask-clocks.ts';

/** A mark is worked off within a minute: an older one was written by a transaction that ended after the job it relied on. */
const LEFT_AFTER_MS = 2 * 60_000;
/** Twice the time between two sweeps. */
const LOOK_BACK_MS = 10 * 60_000;
/** Photos take minutes from their reception to being ready; more bounds the search. */
const LONGEST_WAY_MS = 24 * 3_600_000;

/** Asks again for what is marked and waits too long, and once more for the clocks of events whose last photos became ready
 *  some minutes ago. Gives of how many events marks had been left. */
export async function sweepMarks(ctx: Context): Promise<number> {
  requireSystem(ctx);
  const now = ctx.clock.now().getTime();
  const left = new Date(now - LEFT_AFTER_MS);
  const toWeigh = await ctx.db
    .selectDistinct({ eventId: photosToWeigh.eventId })
    .from(photosToWeigh)
    .where(lt(photosToWeigh.askedAt, left));
  const toStack = await ctx.db
    .selectDistinct({ eventId: photos.eventId })
    .from(photos)
    .where(lt(photos.stackAskedAt, left));
  for (const { eventId } of toWeigh) await askWeighing(ctx, eventId);
  for (const { eventId } of toStack) await askStacking(ctx, eventId);
  for (const { eventId } of await listJustRead(ctx, now)) await askClocks(ctx, eventId, 'photos');
  return new Set([...toWeigh, ...toStack].map(({ eventId }) => eventId)).size;
}

function listJustRead(ctx: Context, now: number): Promise<{ eventId: string }[]> {
  return ctx.db
    .selectDistinct({ eventId: photos.eventId })
    .from(photos)
    .where(
      and(
        eq(photos.state, 'ready'),
        gt(photos.receivedAt, new Date(now - LONGEST_WAY_MS)),
        between(photos.readyAt, new Date(now - LOOK_BACK_MS), new Date(now - LEFT_AFTER_MS)),
      ),
    );
}
