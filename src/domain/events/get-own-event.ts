import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventPlace, EventRow, PhotoSpot, Race } from './event.ts';
import { listEventRaces } from './list-event-races.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { checkpoints, photoSpots } from './tables.ts';

export interface EventDetails extends EventRow {
  races: Race[];
  checkpoints: EventPlace[];
  photoSpots: PhotoSpot[];
}

/** An own event with its races, checkpoints and photo spots in order. */
export async function getOwnEvent(ctx: Context, input: { eventId: string }): Promise<EventDetails> {
  const event = await requireOwnEvent(ctx, input);
  return {
    ...event,
    races: await listEventRaces(ctx, { eventId: event.id }),
    checkpoints: await listCheckpoints(ctx, event.id),
    photoSpots: await listSpots(ctx, event.id),
  };
}

function listCheckpoints(ctx: Context, eventId: string): Promise<EventPlace[]> {
  const { id, name, distanceMeters } = checkpoints;
  return ctx.db
    .select({ id, name, distanceMeters })
    .from(checkpoints)
    .where(eq(checkpoints.eventId, eventId))
    .orderBy(asc(checkpoints.position));
}

function listSpots(ctx: Context, eventId: string): Promise<PhotoSpot[]> {
  const { id, name, distanceMeters, checkpointId, offsetMeters } = photoSpots;
  return ctx.db
    .select({ id, name, distanceMeters, checkpointId, offsetMeters })
    .from(photoSpots)
    .where(eq(photoSpots.eventId, eventId))
    .orderBy(asc(photoSpots.position));
}
