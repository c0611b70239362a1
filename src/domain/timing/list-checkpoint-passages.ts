import { asc, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { checkpoints } from '#domain/events/tables.ts';
import { passages } from './tables.ts';

export interface CheckpointPassages {
  checkpointId: string;
  name: string;
  distanceMeters: number | null;
  passages: number;
  first: Date | null;
  last: Date | null;
}

/** The checkpoints of an own event in their order, with how many passages each has and between which instants. */
export async function listCheckpointPassages(
  ctx: Context,
  input: { eventId: string },
): Promise<CheckpointPassages[]> {
  const event = await requireOwnEvent(ctx, input);
  const rows = await ctx.db
    .select({
      checkpointId: checkpoints.id,
      name: checkpoints.name,
      distanceMeters: checkpoints.distanceMeters,
      passages: sql<number>`count(${passages.id})::int`,
      first: sql<
        string | null
      >`to_char(min(${passages.at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      last: sql<
        string | null
      >`to_char(max(${passages.at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    })
    .from(checkpoints)
    .leftJoin(passages, eq(passages.checkpointId, checkpoints.id))
    .where(eq(checkpoints.eventId, event.id))
    .groupBy(checkpoints.id)
    .orderBy(asc(checkpoints.position));
  return rows.map((row) => ({
    ...row,
    first: row.first === null ? null : new Date(row.first),
    last: row.last === null ? null : new Date(row.last),
  }));
}
