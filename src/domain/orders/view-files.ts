import type { Context } from '#context.ts';
import { renditionUrl } from '../photos/photo.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { archiveParts } from './archive-parts.ts';
import { type DownloadClaim, signDownload } from './download-token.ts';
import { type BoughtFile, listBoughtFiles } from './list-bought-files.ts';
import { DOWNLOADABLE } from './order.ts';
import type { orders } from './tables.ts';

export interface OrderFileView {
  photoId: string;
  size: PhotoSize;
  /** `preparing`: the web size is being made. `missing`: the storage does not have it, or not any more. */
  state: 'ready' | 'preparing' | 'missing' | 'refunded';
  eventName: string;
  timeZone: string;
  bibs: string[];
  takenAt: Date | null;
  fileName: string;
  /** Null until it is made. */
  sizeBytes: number | null;
  contentType: string | null;
  widthPx: number | null;
  heightPx: number | null;
  tone: string | null;
  /** Null when the photo is no longer shown to the public, or was refunded. */
  thumbnailUrl: string | null;
  /** Good for 24 hours. Null unless it is ready and the order’s downloads are open. */
  downloadUrl: string | null;
  downloadedAt: Date | null;
}

interface OrderArchive {
  /** From 1. */
  part: number;
  url: string;
  sizeBytes: number;
}

export interface ViewedFiles {
  /** Of one page: one for each size of each photo, in order of joining. */
  files: OrderFileView[];
  /** From 1. */
  page: number;
  pages: number;
  /** Photos that the order gives right to, on all pages. */
  photoCount: number;
  /** ZIPs of at most 500 files each; none while downloads are closed, or while a file is being made or missing. */
  archives: OrderArchive[];
  /** A seller has a credit written into files: those are not byte for byte the original. */
  credited: boolean;
}

const FILES_PER_PAGE = 120;
const LOOKS_AT_ONCE = 16;

/** What an order's page shows of its files; those of one page are looked for in the storage. */
export async function viewFiles(
  ctx: Context,
  { order, page, taken }: { order: typeof orders.$inferSelect; page: number; taken: Map<string, Date> },
): Promise<ViewedFiles> {
  const open = order.state === DOWNLOADABLE;
  const bought = await listBoughtFiles(ctx, { orderId: order.id });
  const pages = Math.max(1, Math.ceil(bought.length / FILES_PER_PAGE));
  const shownPage = Math.min(Math.max(1, page), pages);
  const shown = bought.slice((shownPage - 1) * FILES_PER_PAGE, shownPage * FILES_PER_PAGE);
  const states = await lookFor(ctx, shown);
  const given = bought.filter((file) => file.given);
  const whole = open && given.every((file) => file.stored !== null) && !states.includes('missing');
  return {
    files: shown.map((file, place) => {
      const state = states[place] ?? 'missing';
      const { photoId, size } = file;
      const claim: DownloadClaim = { kind: 'photo', orderId: order.id, photoId, size };
      return {
        ...describe(file, state),
        downloadUrl: open && state === 'ready' ? addressOf(ctx, claim) : null,
        downloadedAt: taken.get(downloadKey(photoId, size)) ?? null,
      };
    }),
    page: shownPage,
    pages,
    photoCount: new Set(given.map((file) => file.photoId)).size,
    archives: whole ? archivesOf(ctx, order.id, given) : [],
    credited: given.some((file) => file.credit !== null),
  };
}

/** What a line of the download log is of. */
export function downloadKey(photoId: string | null, size: PhotoSize | null): string {
  return photoId === null ? 'archive' : `${photoId}/${size ?? 'original'}`;
}

async function lookFor(ctx: Context, files: BoughtFile[]): Promise<OrderFileView['state'][]> {
  const states: OrderFileView['state'][] = [];
  const left = files.entries();
  const look = async () => {
    for (const [place, file] of left) states[place] = await stateOf(ctx, file);
  };
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, look));
  return states;
}

/** A storage that does not answer is no reason to hide the page: the download itself will say it. */
async function stateOf(
  ctx: Context,
  { given, stored, originalKey }: BoughtFile,
): Promise<OrderFileView['state']> {
  if (!given) return 'refunded';
  const asStored = { sizeBytes: stored?.sizeBytes ?? 0 };
  const found = await ctx.storage.head(stored?.storageKey ?? originalKey).catch(() => asStored);
  if (!found || (stored && found.sizeBytes !== stored.sizeBytes)) return 'missing';
  return stored ? 'ready' : 'preparing';
}

function describe(
  { photoId, size, fileName, stored, photo }: BoughtFile,
  state: OrderFileView['state'],
): Omit<OrderFileView, 'downloadUrl' | 'downloadedAt'> {
  const { shown, shownVersion, ...facts } = photo;
  return {
    ...facts,
    photoId,
    size,
    state,
    fileName,
    sizeBytes: stored?.sizeBytes ?? null,
    contentType: stored?.contentType ?? null,
    thumbnailUrl: shown && state !== 'refunded' ? renditionUrl(photoId, 'thumbnail', shownVersion) : null,
  };
}

function archivesOf(ctx: Context, orderId: string, files: BoughtFile[]): OrderArchive[] {
  return archiveParts(files).map((inPart, place) => {
    const part = place + 1;
    const sizeBytes = inPart.reduce((sum, { stored }) => sum + (stored?.sizeBytes ?? 0), 0);
    return { part, url: addressOf(ctx, { kind: 'archive', orderId, part }), sizeBytes };
  });
}

function addressOf(ctx: Context, claim: DownloadClaim): string {
  return `/api/downloads/${signDownload(ctx, claim)}`;
}
