import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { events } from '../events/tables.ts';
import { galleryColumns, isVisible, toGalleryPhoto } from './gallery-photo.ts';
import { readPosition, writePosition } from './page-position.ts';
import type { LeadPhoto } from './photo.ts';
import { otherFrames, standsForStack } from './stack-in-gallery.ts';
import { photos } from './tables.ts';

export const listVisiblePhotosSchema = z.object({
  eventId: z.uuid(),
  /** `next` of the page before. */
  after: z.string().max(80).optional(),
  /** `previous` of the page after. */
  before: z.string().max(80).optional(),
  limit: z.number().int().min(1).max(200).default(60),
  raceId: z.uuid().optional(),
});

export interface PhotoPage {
  photos: LeadPhoto[];
  next: string | null;
  previous: string | null;
}

/** One page of a published event's gallery, in the order the photos were taken, one photo for each stack. Its cost does not
 *  depend on the event's size. */
export async function listVisiblePhotos(
  ctx: Context,
  input: z.input<typeof listVisiblePhotosSchema>,
): Promise<PhotoPage> {
  const query = parseInput(listVisiblePhotosSchema, input);
  const backwards = query.before !== undefined && query.after === undefined;
  const found = await ctx.db
    .select({ ...galleryColumns, sortAt: photos.sortAt, others: otherFrames() })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(
      and(
        eq(photos.eventId, query.eventId),
        isVisible(ctx),
        standsForStack({ raceId: query.raceId }),
        beyond(query.after, query.before),
        query.raceId ? sql`${query.raceId}::uuid = any(${photos.raceIds})` : undefined,
      ),
    )
    .orderBy(...(backwards ? [desc(photos.sortAt), desc(photos.id)] : [asc(photos.sortAt), asc(photos.id)]))
    .limit(query.limit + 1);
  const more = found.length > query.limit;
  const page = found.slice(0, query.limit);
  if (backwards) page.reverse();
  const [first, last] = [page.at(0), page.at(-1)];
  const hasNext = backwards ? page.length > 0 : more;
  const hasPrevious = backwards ? more : query.after !== undefined;
  return {
    photos: page.map((row) => ({ ...toGalleryPhoto(row), others: row.others ?? [] })),
    next: hasNext && last ? writePosition(last) : null,
    previous: hasPrevious && first ? writePosition(first) : null,
  };
}

function beyond(after: string | undefined, before: string | undefined): SQL | undefined {
  if (after !== undefined) {
    const { sortAt, id } = readPosition(after);
    return sql`(${photos.sortAt}, ${photos.id}) > (${sortAt.toISOString()}::timestamptz, ${id}::uuid)`;
  }
  if (before !== undefined) {
    const { sortAt, id } = readPosition(before);
    return sql`(${photos.sortAt}, ${photos.id}) < (${sortAt.toISOString()}::timestamptz, ${id}::uuid)`;
  }
  return undefined;
}
