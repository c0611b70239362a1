import { and, asc, between, eq, inArray, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { BURST_REACH_MS, compare, splitBursts } from './burst.ts';

/** A photo as a burst needs it. */
export interface Shot {
  id: string;
  /** Null when no burst can be told, which is then of this photo alone. */
  cameraKey: string | null;
  takenAt: Date | null;
}

const shotColumns = { id: photos.id, cameraKey: photos.cameraKey, takenAt: photos.takenAt };

/** The bursts of which these photos are, of an event's ready photos; each burst once. */
export async function findBursts(
  ctx: Context,
  input: { eventId: string; photoIds: readonly string[] },
): Promise<Shot[][]> {
  const ready = and(eq(photos.eventId, input.eventId), eq(photos.state, 'ready'));
  const asked = await ctx.db
    .select(shotColumns)
    .from(photos)
    .where(and(ready, inArray(photos.id, [...input.photoIds])))
    .orderBy(asc(photos.id));
  const alone = asked.filter((shot) => !isTimed(shot)).map((shot) => [shot]);
  const spans = spansOf(asked.filter(isTimed));
  if (spans.length === 0) return alone;
  const around = spans.map(({ cameraKey, from, until }) =>
    and(eq(photos.cameraKey, cameraKey), between(photos.takenAt, new Date(from), new Date(until))),
  );
  const near = await ctx.db
    .select(shotColumns)
    .from(photos)
    .where(and(ready, or(...around)));
  const wanted = new Set(input.photoIds);
  const shots = near.filter(isTimed).map((shot) => ({ ...shot, takenAtMs: shot.takenAt.getTime() }));
  const bursts = splitBursts(shots).filter((burst) => burst.some(({ id }) => wanted.has(id)));
  return [...alone, ...bursts];
}

type TimedShot = Shot & { cameraKey: string; takenAt: Date };

function isTimed(shot: Shot): shot is TimedShot {
  return shot.cameraKey !== null && shot.takenAt !== null;
}

/** What has to be looked at around each photo, overlapping ones as one. */
function spansOf(shots: TimedShot[]): { cameraKey: string; from: number; until: number }[] {
  const spans: { cameraKey: string; from: number; until: number }[] = [];
  const sorted = shots.toSorted(
    (a, b) => compare(a.cameraKey, b.cameraKey) || a.takenAt.getTime() - b.takenAt.getTime(),
  );
  for (const { cameraKey, takenAt } of sorted) {
    const [from, until] = [takenAt.getTime() - BURST_REACH_MS, takenAt.getTime() + BURST_REACH_MS];
    const last = spans.at(-1);
    if (last?.cameraKey === cameraKey && from <= last.until) last.until = until;
    else spans.push({ cameraKey, from, until });
  }
  return spans;
}
