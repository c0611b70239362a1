import { type Context, inTransaction } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { insertEvent } from './create-event.ts';
import { eventSchema } from './event.ts';
import { getOwnEvent } from './get-own-event.ts';

/** A new draft with the same races, places and prices, without photos and start list. */
export async function duplicateEvent(
  ctx: Context,
  input: { eventId: string; name?: string; startsAt?: Date },
): Promise<{ id: string; slug: string }> {
  const original = await getOwnEvent(ctx, input);
  const copy = parseInput(eventSchema, {
    ...original,
    name: input.name ?? original.name,
    startsAt: input.startsAt ?? original.startsAt,
    races: original.races.map(({ id, ...race }) => race),
    // Their ids tie the spots to them until the copies have their own.
    checkpoints: original.checkpoints,
    photoSpots: original.photoSpots.map(({ id, ...place }) => place),
  });
  return inTransaction(ctx, (tx) => insertEvent(tx, original.organisationId, copy));
}
