import type { Context } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { DomainError } from '#platform/errors.ts';
import { MAX_RACES, nextColour, type Race } from './event.ts';
import { listEventRaces } from './list-event-races.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { races } from './tables.ts';

/** Adds races by name to an own event, each with a colour that is still free. Throws too-large past the bound. */
export async function addRaces(ctx: Context, input: { eventId: string; names: string[] }): Promise<Race[]> {
  const event = await requireOwnEvent(ctx, input);
  const known = await listEventRaces(ctx, { eventId: event.id });
  if (known.length + input.names.length > MAX_RACES) {
    throw new DomainError('too-large', {
      public: { key: 'events.tooManyRaces', values: { max: MAX_RACES } },
    });
  }
  const added: Race[] = [];
  for (const name of input.names) {
    const colour = nextColour([...known, ...added].map((race) => race.colour));
    const race = {
      id: ctx.random.id(),
      name: name.slice(0, 80),
      distanceMeters: null,
      startsAt: null,
      colour,
      bibRanges: [],
    };
    await ctx.db.insert(races).values({ ...race, eventId: event.id, position: known.length + added.length });
    await recordAudit(ctx, { action: 'events.add-race', subjectKind: 'event', subjectId: event.id });
    added.push(race);
  }
  return added;
}
