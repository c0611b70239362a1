import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Race } from './event.ts';
import { races } from './tables.ts';

/** The races of an event that the caller may already see, in their order. */
export function listEventRaces(ctx: Context, input: { eventId: string }): Promise<Race[]> {
  return ctx.db
    .select({
      id: races.id,
      name: races.name,
      distanceMeters: races.distanceMeters,
      startsAt: races.startsAt,
      colour: races.colour,
      bibRanges: races.bibRanges,
    })
    .from(races)
    .where(eq(races.eventId, input.eventId))
    .orderBy(asc(races.position));
}
