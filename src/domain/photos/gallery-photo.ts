import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { isOpenTo } from '../events/closed-event.ts';
import { type GalleryPhoto, renditionUrl } from './photo.ts';
import { photos } from './tables.ts';

export const galleryColumns = {
  id: photos.id,
  eventId: photos.eventId,
  widthPx: photos.widthPx,
  heightPx: photos.heightPx,
  tone: photos.tone,
  /** By the true time, in which galleries are sorted, where the camera's clock is known. */
  takenAt: sql<Date | null>`case when ${photos.takenAt} is null then null else ${photos.sortAt} end`.mapWith(
    photos.sortAt,
  ),
  bibs: photos.bibs,
  shownVersion: photos.shownVersion,
};

export interface GalleryRow {
  id: string;
  eventId: string;
  widthPx: number | null;
  heightPx: number | null;
  tone: string | null;
  takenAt: Date | null;
  bibs: string[];
  shownVersion: number;
}

/** What this visitor may see as anyone may. To be used with `events` joined. stack-in-gallery.ts asks the same of the other frames of a stack. */
export function isVisible(ctx: Context): SQL | undefined {
  return and(isOpenTo(ctx), eq(photos.state, 'ready'), isNull(photos.hiddenAt));
}

export function toGalleryPhoto(row: GalleryRow): GalleryPhoto {
  return {
    id: row.id,
    eventId: row.eventId,
    widthPx: row.widthPx ?? 3,
    heightPx: row.heightPx ?? 2,
    tone: row.tone ?? '#888888',
    takenAt: row.takenAt,
    bibs: row.bibs,
    thumbnailUrl: renditionUrl(row.id, 'thumbnail', row.shownVersion),
    previewUrl: renditionUrl(row.id, 'preview', row.shownVersion),
    fileName: null,
  };
}
