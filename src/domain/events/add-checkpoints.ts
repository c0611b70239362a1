import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { type EventPlace, MAX_SPOTS } from './event.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { checkpoints } from './tables.ts';

/** Adds checkpoints to an own event, after those it has. Throws too-large past the bound. */
export async function addCheckpoints(
  ctx: Context,
  input: { eventId: string; places: { name: string; distanceMeters: number | null }[] },
): Promise<EventPlace[]> {
  const event = await requireOwnEvent(ctx, input);
  const known = await ctx.db
    .select({ id: checkpoints.id })
    .from(checkpoints)
    .where(eq(checkpoints.eventId, event.id));
  if (known.length + input.places.length > MAX_SPOTS) {
    throw new DomainError('too-large', {
      public: { key: 'events.tooManyPlaces', values: { max: MAX_SPOTS } },
    });
  }
  const added = input.places.map(({ name, distanceMeters }) => ({
    id: ctx.random.id(),
    name: name.slice(0, 80),
    distanceMeters,
  }));
  if (added.length === 0) return [];
  await ctx.db
    .insert(checkpoints)
    .values(added.map((place, index) => ({ ...place, eventId: event.id, position: known.length + index })));
  await recordAudit(ctx, { action: 'events.add-checkpoints', subjectKind: 'event', subjectId: event.id });
  return added;
}
