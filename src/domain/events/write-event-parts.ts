import { and, eq, notInArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { ParsedEvent, ParsedRace } from './event.ts';
import { checkpoints, photoSpots, races } from './tables.ts';

/** Makes the event's races, checkpoints and photo spots those of the input, in its order. What is kept keeps its id. */
export async function writeEventParts(ctx: Context, eventId: string, input: ParsedEvent): Promise<void> {
  await writeRaces(ctx, eventId, input.races);
  const checkpointIds = await writePlaces(ctx, checkpoints, eventId, input.checkpoints);
  const spots = input.photoSpots.map((spot) => ({
    ...spot,
    checkpointId: spot.checkpointId && (checkpointIds.get(spot.checkpointId) ?? null),
  }));
  await writePlaces(ctx, photoSpots, eventId, spots);
}

async function writeRaces(ctx: Context, eventId: string, wanted: ParsedRace[]): Promise<void> {
  const known = await ctx.db.select({ id: races.id }).from(races).where(eq(races.eventId, eventId));
  const kept = keptIds(known, wanted);
  await ctx.db.delete(races).where(and(eq(races.eventId, eventId), notInArray(races.id, kept)));
  // Names are unique within an event: two races that swap theirs pass through a name nobody can type.
  for (const id of kept)
    await ctx.db
      .update(races)
      .set({ name: `\u0001${id}` })
      .where(eq(races.id, id));
  for (const [position, race] of wanted.entries()) {
    const { id, ...fields } = race;
    const values = { ...fields, colour: race.colour.toLowerCase(), position };
    if (id && kept.includes(id)) await ctx.db.update(races).set(values).where(eq(races.id, id));
    else await ctx.db.insert(races).values({ ...values, id: ctx.random.id(), eventId });
  }
}

/** Gives the id that each place has now by the one it had in the input. */
async function writePlaces<Place extends ParsedEvent['checkpoints'][number]>(
  ctx: Context,
  table: typeof checkpoints | typeof photoSpots,
  eventId: string,
  wanted: Place[],
): Promise<Map<string, string>> {
  const known = await ctx.db.select({ id: table.id }).from(table).where(eq(table.eventId, eventId));
  const kept = keptIds(known, wanted);
  await ctx.db.delete(table).where(and(eq(table.eventId, eventId), notInArray(table.id, kept)));
  const ids = new Map<string, string>();
  for (const [position, place] of wanted.entries()) {
    const { id: asked, ...fields } = place;
    const values = { ...fields, position };
    const isKept = asked !== undefined && kept.includes(asked);
    const id = isKept ? asked : ctx.random.id();
    if (asked !== undefined) ids.set(asked, id);
    if (isKept) await ctx.db.update(table).set(values).where(eq(table.id, id));
    else await ctx.db.insert(table).values({ ...values, id, eventId });
  }
  return ids;
}

function keptIds(known: { id: string }[], wanted: { id?: string | undefined }[]): string[] {
  return known.map(({ id }) => id).filter((id) => wanted.some((part) => part.id === id));
}
