import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { events } from '../events/tables.ts';
import { galleryColumns, isVisible, toGalleryPhoto } from './gallery-photo.ts';
import { writePosition } from './page-position.ts';
import type { GalleryPhoto } from './photo.ts';
import { photos } from './tables.ts';

export interface VisiblePhoto extends GalleryPhoto {
  eventSlug: string;
  eventName: string;
  /** IANA name: the zone in which the instant is shown. */
  timeZone: string;
  /** Place in the gallery, for `after` and `before` of listVisiblePhotos. */
  position: string;
  author: string | null;
  copyright: string | null;
}

/** One photo of a published event. Throws not-found for any that is not visible to everyone. */
export async function getVisiblePhoto(ctx: Context, input: { photoId: string }): Promise<VisiblePhoto> {
  const photoId = z.uuid().safeParse(input.photoId);
  const [row] = photoId.success
    ? await ctx.db
        .select({
          ...galleryColumns,
          sortAt: photos.sortAt,
          eventSlug: events.slug,
          eventName: events.name,
          timeZone: events.timeZone,
          author: photos.author,
          copyright: photos.copyright,
        })
        .from(photos)
        .innerJoin(events, eq(events.id, photos.eventId))
        .where(and(eq(photos.id, photoId.data), isVisible(ctx)))
        .limit(1)
    : [];
  if (!row) throw new DomainError('not-found', { public: { key: 'photos.notFound' } });
  return {
    ...toGalleryPhoto(row),
    eventSlug: row.eventSlug,
    eventName: row.eventName,
    timeZone: row.timeZone,
    position: writePosition(row),
    author: row.author,
    copyright: row.copyright,
  };
}
