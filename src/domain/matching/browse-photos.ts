import { and, arrayOverlaps, asc, eq, exists, gte, isNull, lt, not, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { events } from '#domain/events/tables.ts';
import { galleryColumns, isVisible, toGalleryPhoto } from '#domain/photos/gallery-photo.ts';
import { readPosition, writePosition } from '#domain/photos/page-position.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { photos } from '#domain/photos/tables.ts';
import { refusesPhotos } from '#domain/timing/refuses-photos.ts';
import { parseInput } from '#platform/parse-input.ts';
import { COLOUR_NAMES } from './colour-names.ts';
import { isAtPlace } from './photo-places.ts';
import { attributions, photoColours } from './tables.ts';

const MOST_BIBS = 25;

export const browsePhotosSchema = z.object({
  eventId: z.uuid(),
  /** Only photos on which nobody is published. */
  lost: z.boolean().default(false),
  /** Only photos on which one of these runners is published. */
  bibs: z.array(z.string().max(40)).max(MOST_BIBS).optional(),
  /** By the true time, where the camera's clock is known; `until` is the first instant left out. */
  between: z.object({ from: z.date(), until: z.date() }).optional(),
  /** A checkpoint or photo spot. */
  placeId: z.uuid().optional(),
  /** Worn by somebody in front. */
  colour: z.enum(COLOUR_NAMES).optional(),
  /** `next` of the page before. */
  after: z.string().max(80).optional(),
  limit: z.number().int().min(1).max(200).default(60),
});
type Browse = z.output<typeof browsePhotosSchema>;

/** A page of a published event's photos by moment, place, colour and runner, in the order they were taken. */
export async function browsePhotos(
  ctx: Context,
  input: z.input<typeof browsePhotosSchema>,
): Promise<{ photos: GalleryPhoto[]; next: string | null }> {
  const query = parseInput(browsePhotosSchema, input);
  const place = await placeCondition(ctx, query);
  const found = await ctx.db
    .select({ ...galleryColumns, sortAt: photos.sortAt })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.eventId, query.eventId), isVisible(ctx), place, ...conditions(ctx, query)))
    .orderBy(asc(photos.sortAt), asc(photos.id))
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    photos: page.map(toGalleryPhoto),
    next: found.length > query.limit && last ? writePosition(last) : null,
  };
}

function conditions(ctx: Context, { lost, bibs, between, colour, after }: Browse): (SQL | undefined)[] {
  const start = after === undefined ? null : readPosition(after);
  return [
    lost ? and(sql`${photos.bibs} = '{}'`, not(exists(refusedOn(ctx)))) : undefined,
    bibs && (bibs.length > 0 ? arrayOverlaps(photos.bibs, bibs) : sql`false`),
    between && and(gte(photos.sortAt, between.from), lt(photos.sortAt, between.until)),
    colour && exists(wornOn(ctx, colour)),
    start
      ? sql`(${photos.sortAt}, ${photos.id}) > (${start.sortAt.toISOString()}::timestamptz, ${start.id}::uuid)`
      : undefined,
  ];
}

/** A photo of somebody who refuses photos is without a published runner too, and no stranger is to look through it.
 *  With `photos` and `events` joined. */
export function refusedOn(ctx: Context) {
  const { photoId, eventId, bib, decision, probability } = attributions;
  const known = or(
    eq(decision, 'confirmed'),
    and(isNull(decision), gte(probability, events.publishThreshold)),
  );
  return ctx.db
    .select({ photoId })
    .from(attributions)
    .where(and(eq(photoId, photos.id), known, refusesPhotos(eventId, bib)));
}

function wornOn(ctx: Context, colour: NonNullable<Browse['colour']>) {
  return ctx.db
    .select({ photoId: photoColours.photoId })
    .from(photoColours)
    .where(and(eq(photoColours.photoId, photos.id), eq(photoColours.colour, colour)));
}

async function placeCondition(ctx: Context, { eventId, placeId }: Browse): Promise<SQL | undefined> {
  if (placeId === undefined) return undefined;
  const { cameraKey, stays } = cameraClocks;
  const clocks = await ctx.db
    .select({ cameraKey, stays })
    .from(cameraClocks)
    .where(eq(cameraClocks.eventId, eventId));
  return isAtPlace(clocks, placeId);
}
