import { inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { PhotoState } from './photo.ts';
import { photoCounts } from './tables.ts';

/** The running totals of several events at once, by event; one that has received nothing is absent. */
export async function listPhotoCounts(
  ctx: Context,
  input: { eventIds: string[] },
): Promise<Map<string, Record<PhotoState, number>>> {
  if (input.eventIds.length === 0) return new Map();
  const rows = await ctx.db.select().from(photoCounts).where(inArray(photoCounts.eventId, input.eventIds));
  return new Map(rows.map(({ eventId, ...counts }) => [eventId, counts]));
}
