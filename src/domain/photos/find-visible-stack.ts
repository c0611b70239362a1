import { and, asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import { galleryColumns, isVisible, toGalleryPhoto } from './gallery-photo.ts';
import { writePosition } from './page-position.ts';
import type { GalleryPhoto } from './photo.ts';
import { standsForStack } from './stack-in-gallery.ts';
import { photos } from './tables.ts';

export interface VisibleStack {
  /** In the order of the gallery, the asked one included. */
  photos: GalleryPhoto[];
  /** Of the frame that the gallery shows, for `after` and `before` of listVisiblePhotos. */
  position: string;
}

const asked = alias(photos, 'asked');

/** The frames of a photo's stack that everyone may see; null when it stands alone among them. */
export async function findVisibleStack(
  ctx: Context,
  input: { photoId: string },
): Promise<VisibleStack | null> {
  const found = await ctx.db
    .select({ ...galleryColumns, sortAt: photos.sortAt, leads: standsForStack() })
    .from(asked)
    .innerJoin(photos, eq(photos.stackId, asked.stackId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(asked.id, input.photoId), isVisible(ctx)))
    .orderBy(asc(photos.sortAt), asc(photos.id));
  const lead = found.find(({ leads }) => leads);
  return lead && found.length > 1
    ? { photos: found.map(toGalleryPhoto), position: writePosition(lead) }
    : null;
}
