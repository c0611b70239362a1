import { and, asc, eq, inArray, isNotNull, max, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { markWhere } from './mark-photos-to-weigh.ts';
import { nearRanges, type Stretch } from './near-ranges.ts';

/** Has the photos weighed again that were taken at a place while runners are expected there whose expectation changed in
 *  these stretches of time. One statement marks them all, so that two markings wait for each other and never both. For the
 *  transaction that changed the expectations. */
export async function markPhotosNear(
  tx: Context,
  input: { eventId: string; changed: readonly Stretch[] },
): Promise<void> {
  const { eventId, changed } = input;
  if (changed.length === 0) return;
  const { cameraKey, offsetMs, driftPpm, driftFrom, spreadMs, stays } = cameraClocks;
  const clocks = await tx.db
    .select({ cameraKey, offsetMs, driftPpm, driftFrom, spreadMs, stays })
    .from(cameraClocks)
    .where(and(eq(cameraClocks.eventId, eventId), isNotNull(offsetMs)))
    .orderBy(asc(cameraKey));
  const ranges = nearRanges(clocks, await readSpreads(tx, eventId, changed), changed);
  if (ranges.length === 0) return;
  const near = ranges.map(({ cameraKey: camera_key, fromMs, untilMs }) => {
    const [from, until] = [new Date(Math.floor(fromMs)), new Date(Math.ceil(untilMs))];
    return { camera_key, from, until };
  });
  await markWhere(
    tx,
    eventId,
    sql`exists (select from jsonb_to_recordset(${JSON.stringify(near)}::jsonb)
        as near (camera_key text, "from" timestamptz, until timestamptz)
      where near.camera_key = ${photos.cameraKey} and ${photos.takenAt} between near."from" and near.until)`,
  );
}

/** The largest deviation expected at each of these places, ms. */
async function readSpreads(
  tx: Context,
  eventId: string,
  changed: readonly Stretch[],
): Promise<Map<string, number>> {
  const { placeId } = expectedPassages;
  const placeIds = [...new Set(changed.map((stretch) => stretch.placeId))];
  const found = await tx.db
    .select({ placeId, spreadMs: max(expectedPassages.spreadMs) })
    .from(expectedPassages)
    .where(and(eq(expectedPassages.eventId, eventId), inArray(placeId, placeIds)))
    .groupBy(placeId);
  return new Map(found.map((row) => [row.placeId, row.spreadMs ?? 0]));
}
