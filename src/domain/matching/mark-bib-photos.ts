import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { markPhotosNear } from './mark-photos-near.ts';

/** Has the photos weighed again that were taken where and when runners with these bibs are expected. For the transaction of
 *  a job that follows a start list. */
export async function markBibPhotos(
  tx: Context,
  input: { eventId: string; bibs: readonly string[] },
): Promise<void> {
  const { eventId } = input;
  const { placeId, expectedAt } = expectedPassages;
  const expected = await tx.db
    .select({ placeId, at: expectedAt })
    .from(expectedPassages)
    .where(and(eq(expectedPassages.eventId, eventId), inArray(expectedPassages.bib, [...input.bibs])))
    .orderBy(asc(placeId), asc(expectedAt));
  const changed = expected.map(({ placeId, at }) => ({ placeId, from: at, until: at }));
  await markPhotosNear(tx, { eventId, changed });
}
