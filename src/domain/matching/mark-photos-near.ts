import { and, eq, gte, isNotNull, lte, max, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { reachMs } from './burst.ts';
import { markWhere } from './mark-photos-to-weigh.ts';

type Clock = typeof cameraClocks.$inferSelect;

/** Has the photos weighed again that were taken at a place while runners are expected there whose expectation changed
 *  between `from` and `until`, both true time. For the transaction that changed the expectations. */
export async function markPhotosNear(
  tx: Context,
  input: { eventId: string; placeId: string; from: Date; until: Date },
): Promise<void> {
  const { eventId, placeId } = input;
  const ofEvent = and(eq(cameraClocks.eventId, eventId), isNotNull(cameraClocks.offsetMs));
  const clocks = await tx.db.select().from(cameraClocks).where(ofEvent).orderBy(cameraClocks.cameraKey);
  const [place] = await tx.db
    .select({ spreadMs: max(expectedPassages.spreadMs) })
    .from(expectedPassages)
    .where(eq(expectedPassages.placeId, placeId));
  const near = clocks.flatMap((clock) => {
    const reach = reachMs(place?.spreadMs ?? 0, clock.spreadMs ?? 0) + driftMs(clock, input.until);
    return clock.stays
      .filter((stay) => stay.placeId === placeId)
      .map((stay) => {
        const from = said(clock, input.from.getTime() - reach);
        const until = said(clock, input.until.getTime() + reach);
        return and(
          eq(photos.cameraKey, clock.cameraKey),
          gte(photos.takenAt, new Date(Math.max(from, stay.from ? Date.parse(stay.from) : from))),
          lte(photos.takenAt, new Date(Math.min(until, stay.until ? Date.parse(stay.until) : until))),
        );
      });
  });
  const where = or(...near);
  if (where) await markWhere(tx, eventId, where);
}

/** What the camera said at a true time, but for its drift. */
function said(clock: Clock, trueMs: number): number {
  return trueMs - (clock.offsetMs ?? 0);
}

function driftMs(clock: Clock, at: Date): number {
  if (!clock.driftFrom) return 0;
  return Math.abs((at.getTime() - clock.driftFrom.getTime()) * clock.driftPpm) / 1_000_000;
}
