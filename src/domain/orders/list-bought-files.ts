import { createHash } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { isOpenTo } from '../events/closed-event.ts';
import { events } from '../events/tables.ts';
import { findRenditions } from '../photos/find-renditions.ts';
import type { RenditionRow } from '../photos/record-renditions.ts';
import { photos } from '../photos/tables.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { plainName } from './archive-names.ts';
import { type FileCredit, findFileCredits } from './file-credit.ts';
import { findRightToPhotos } from './right-to-photos.ts';
import { orderLines, orderPhotos } from './tables.ts';
import { chooseWebCopy, WEB_COPY_KINDS } from './web-copy.ts';

/** One size of one photo of an order. */
export interface BoughtFile {
  photoId: string;
  size: PhotoSize;
  /** False once every line that bought it is refunded in full. */
  given: boolean;
  /** Where it lies; null while a web size waits to be made. */
  stored: StoredFile | null;
  fileName: string;
  originalKey: string;
  /** What its seller wants written into it; null for nothing. */
  credit: FileCredit | null;
  addedAt: Date;
  photo: BoughtPhoto;
}

export interface StoredFile {
  storageKey: string;
  sizeBytes: number;
  /** Tells its bytes from all others. */
  digest: string;
  contentType: string;
}

export interface BoughtPhoto {
  eventName: string;
  timeZone: string;
  bibs: string[];
  takenAt: Date | null;
  widthPx: number | null;
  heightPx: number | null;
  tone: string | null;
  shownVersion: number;
  /** Galleries show it. */
  shown: boolean;
}

const CONTENT_TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** What is needed of a photo: a whole event's are read at once. */
const PHOTO_COLUMNS = {
  id: photos.id,
  eventId: photos.eventId,
  state: photos.state,
  hiddenAt: photos.hiddenAt,
  fileName: photos.fileName,
  originalKey: photos.originalKey,
  sizeBytes: photos.sizeBytes,
  sha256: photos.sha256,
  format: photos.format,
  edited: photos.edited,
  shownVersion: photos.shownVersion,
  bibs: photos.bibs,
  takenAt: photos.takenAt,
  widthPx: photos.widthPx,
  heightPx: photos.heightPx,
  tone: photos.tone,
};

/**
 * Every file an order was given, refunded ones too, the first to join first and then by capture: what joins later never
 * moves what was there. Whether downloads are open at all is the order's state. `photoId` narrows to one.
 */
export async function listBoughtFiles(
  ctx: Context,
  { orderId, photoId }: { orderId: string; photoId?: string },
): Promise<BoughtFile[]> {
  const rows = await selectFiles(ctx, orderId, photoId);
  const webIds = rows.filter((row) => row.size === 'web').map((row) => row.photo.id);
  const copies = await findRenditions(ctx, { photoIds: webIds, kinds: WEB_COPY_KINDS });
  const credits = await findFileCredits(ctx, [...new Set(rows.map((row) => row.photo.eventId))]);
  const rights = await findRightToPhotos(ctx, photoId ? { orderId, photoId } : { orderId });
  return rows.map((row) => ({
    ...toFile(row, copies.get(row.photo.id) ?? [], credits),
    given: rights.get(row.photo.id)?.has(row.size) === true,
  }));
}

type FileRow = Awaited<ReturnType<typeof selectFiles>>[number];

function selectFiles(ctx: Context, orderId: string, photoId: string | undefined) {
  const addedAt = sql<Date>`min(${orderPhotos.addedAt})`.mapWith(orderPhotos.addedAt);
  return ctx.db
    .select({
      photo: PHOTO_COLUMNS,
      size: orderLines.size,
      eventName: events.name,
      timeZone: events.timeZone,
      open: sql<boolean>`(${isOpenTo(ctx)})`,
      addedAt,
      sponsored: sql<boolean>`bool_and(coalesce(${orderLines.reason}, '') = 'sponsored')`,
    })
    .from(orderPhotos)
    .innerJoin(orderLines, eq(orderLines.id, orderPhotos.lineId))
    .innerJoin(photos, eq(photos.id, orderPhotos.photoId))
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(orderPhotos.orderId, orderId), photoId ? eq(orderPhotos.photoId, photoId) : undefined))
    .groupBy(photos.id, events.id, orderLines.size)
    .orderBy(addedAt, asc(photos.sortAt), asc(photos.id), asc(orderLines.size));
}

function toFile(
  row: FileRow,
  copies: RenditionRow[],
  credits: Map<string, FileCredit>,
): Omit<BoughtFile, 'given'> {
  const { photo, size, addedAt, sponsored } = row;
  const copy = size === 'web' ? chooseWebCopy(copies, { edited: photo.edited, sponsored }) : null;
  return {
    photoId: photo.id,
    size,
    stored: size === 'original' ? originalOf(photo) : copy && copyOf(copy),
    fileName: size === 'original' ? plainName(photo.fileName) : webName(photo.fileName),
    originalKey: photo.originalKey,
    credit: credits.get(photo.eventId) ?? null,
    addedAt,
    photo: describe(row, copy),
  };
}

function describe({ photo, eventName, timeZone, open }: FileRow, copy: RenditionRow | null): BoughtPhoto {
  const { bibs, takenAt, tone, shownVersion } = photo;
  return {
    eventName,
    timeZone,
    bibs,
    takenAt,
    widthPx: copy?.widthPx ?? photo.widthPx,
    heightPx: copy?.heightPx ?? photo.heightPx,
    tone,
    shownVersion,
    shown: open && photo.state === 'ready' && photo.hiddenAt === null,
  };
}

function originalOf({ originalKey, sizeBytes, sha256, format }: FileRow['photo']): StoredFile {
  const contentType = format ? CONTENT_TYPES[format] : 'application/octet-stream';
  return { storageKey: originalKey, sizeBytes, digest: sha256, contentType };
}

/** Its key is made from the original's, and must not be told. */
function copyOf({ storageKey, sizeBytes }: RenditionRow): StoredFile {
  const digest = createHash('sha256').update(`${storageKey}\n${sizeBytes}`).digest('hex');
  return { storageKey, sizeBytes, digest, contentType: 'image/jpeg' };
}

function webName(fileName: string): string {
  return `${plainName(fileName).replace(/\.[^.]{1,5}$/, '')}-web.jpg`;
}
