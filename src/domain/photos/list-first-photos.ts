import { eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { events } from '../events/tables.ts';
import { isVisible } from './gallery-photo.ts';
import { photos } from './tables.ts';

export const listFirstPhotosSchema = z.object({ eventIds: z.array(z.uuid()).max(60) });

/** The first visible wide photo of each published event, by event: what stands for an event without a cover. Events without one are absent. */
export async function listFirstPhotos(
  ctx: Context,
  input: z.input<typeof listFirstPhotosSchema>,
): Promise<Map<string, string>> {
  const { eventIds } = parseInput(listFirstPhotosSchema, input);
  if (eventIds.length === 0) return new Map();
  // One step down the index per event, however many photos each has.
  const first = ctx.db
    .select({ photoId: photos.id })
    .from(photos)
    .where(
      sql`${eq(photos.eventId, events.id)} and ${isVisible(ctx)} and ${photos.widthPx} > ${photos.heightPx}`,
    )
    .orderBy(photos.sortAt, photos.id)
    .limit(1)
    .as('first');
  const rows = await ctx.db
    .select({ eventId: events.id, photoId: first.photoId })
    .from(events)
    .crossJoinLateral(first)
    .where(inArray(events.id, eventIds));
  return new Map(rows.map(({ eventId, photoId }) => [eventId, photoId]));
}
