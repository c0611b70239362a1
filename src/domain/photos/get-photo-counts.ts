import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { PhotoState } from './photo.ts';
import { photoCounts } from './tables.ts';

/** How many photos of an event are in each state, from running totals. */
export async function getPhotoCounts(
  ctx: Context,
  input: { eventId: string },
): Promise<Record<PhotoState, number>> {
  const [counts] = await ctx.db
    .select({
      received: photoCounts.received,
      prepared: photoCounts.prepared,
      ready: photoCounts.ready,
      failed: photoCounts.failed,
    })
    .from(photoCounts)
    .where(eq(photoCounts.eventId, input.eventId));
  return counts ?? { received: 0, prepared: 0, ready: 0, failed: 0 };
}
