import { and, eq, notInArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { ParsedEvent, ParsedRace } from './event.ts';
import { checkpoints, photoSpots, races } from './tables.ts';

/** Makes the event's races, checkpoints and photo spots those of the input, in its order. What is kept keeps its id. */
export async function writeEventParts(ctx: Context, eventId: string, input: ParsedEvent): Promise<void> {
  await writeRaces(ctx, eventId, input.races);
  await writePlaces(ctx, checkpoints, eventId, input.checkpoints);
  await writePlaces(ctx, photoSpots, eventId, input.photoSpots);
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

async function writePlaces(
  ctx: Context,
  table: typeof checkpoints | typeof photoSpots,
  eventId: string,
  wanted: ParsedEvent['checkpoints'],
): Promise<void> {
  const known = await ctx.db.select({ id: table.id }).from(table).where(eq(table.eventId, eventId));
  const kept = keptIds(known, wanted);
  await ctx.db.delete(table).where(and(eq(table.eventId, eventId), notInArray(table.id, kept)));
  for (const [position, place] of wanted.entries()) {
    const { id, ...fields } = place;
    const values = { ...fields, position };
    if (id && kept.includes(id)) await ctx.db.update(table).set(values).where(eq(table.id, id));
    else await ctx.db.insert(table).values({ ...values, id: ctx.random.id(), eventId });
  }
}

function keptIds(known: { id: string }[], wanted: { id?: string | undefined }[]): string[] {
  return known.map(({ id }) => id).filter((id) => wanted.some((part) => part.id === id));
}
