import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';

/** Puts a camera's photos where they belong in the galleries: by the true time, or by what the camera said while
 *  `offsetMs` is null. What it said stays. For a transaction of the system. */
export async function setTrueTimes(
  tx: Context,
  input: {
    eventId: string;
    cameraKey: string;
    clock: { offsetMs: number | null; driftPpm: number; driftFrom: Date | null };
  },
): Promise<void> {
  const { offsetMs, driftPpm, driftFrom } = input.clock;
  const drift = driftFrom
    ? sql`${driftPpm / 1e6}::float8 * extract(epoch from taken_at - ${driftFrom.toISOString()}::timestamptz)::float8`
    : sql`0`;
  const trueAt = sql`(taken_at + make_interval(secs => ${(offsetMs ?? 0) / 1000}::float8 + ${drift}))::timestamptz(3)`;
  // Held in one order, so that this and others who hold several photos wait for each other and never both.
  await tx.db.execute(sql`
    update photos set sort_at = corrected.at
    from (
      select id, ${trueAt} as at from photos
      where event_id = ${input.eventId} and camera_key = ${input.cameraKey} and taken_at is not null
        and sort_at is distinct from ${trueAt}
      order by id for no key update
    ) as corrected
    where photos.id = corrected.id`);
}
