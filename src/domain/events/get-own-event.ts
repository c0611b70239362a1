import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventPlace, EventRow, Race } from './event.ts';
import { listEventRaces } from './list-event-races.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { checkpoints, photoSpots } from './tables.ts';

export interface EventDetails extends EventRow {
  races: Race[];
  checkpoints: EventPlace[];
  photoSpots: EventPlace[];
}

/** An own event with its races, checkpoints and photo spots in order. */
export async function getOwnEvent(ctx: Context, input: { eventId: string }): Promise<EventDetails> {
  const event = await requireOwnEvent(ctx, input);
  return {
    ...event,
    races: await listEventRaces(ctx, { eventId: event.id }),
    checkpoints: await listPlaces(ctx, checkpoints, event.id),
    photoSpots: await listPlaces(ctx, photoSpots, event.id),
  };
}

function listPlaces(
  ctx: Context,
  table: typeof checkpoints | typeof photoSpots,
  eventId: string,
): Promise<EventPlace[]> {
  return ctx.db
    .select({ id: table.id, name: table.name, distanceMeters: table.distanceMeters })
    .from(table)
    .where(eq(table.eventId, eventId))
    .orderBy(asc(table.position));
}
