import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import type { Splice } from '#vision/iptc/splice-iptc.ts';
import type { PhotoSize } from '../pricing/offer.ts';
import { uniqueNames } from './archive-names.ts';
import { archiveParts } from './archive-parts.ts';
import { readDownload } from './download-token.ts';
import { creditDigest, planCredit } from './file-credit.ts';
import { type BoughtFile, listBoughtFiles } from './list-bought-files.ts';
import { DOWNLOADABLE } from './order.ts';
import { downloads, orders } from './tables.ts';

export interface FileToSend {
  storageKey: string;
  fileName: string;
  /** Of what leaves. */
  sizeBytes: number;
  /** Of what is stored. */
  storedBytes: number;
  /** What is written into it on its way; null for a file that leaves byte for byte. */
  splice: Splice | null;
  digest: string;
  contentType: string;
  takenAt: Date | null;
}

export type OpenedDownload =
  | { kind: 'photo'; orderId: string; photoId: string; size: PhotoSize; file: FileToSend }
  | { kind: 'archive'; orderId: string; fileName: string; files: FileToSend[] };

const PLANS_AT_ONCE = 16;

/**
 * What a signed address gives right to now. Throws 'not-found' for a wrong or expired one, 'forbidden' once the order is
 * frozen or the photo refunded, 'unavailable' while a web size is being made or when the storage lacks a file.
 */
export async function openDownload(ctx: Context, { token }: { token: string }): Promise<OpenedDownload> {
  const claim = readDownload(ctx, token);
  if (!claim) throw gone();
  const { orderId } = claim;
  const [order] = await ctx.db.select().from(orders).where(eq(orders.id, orderId));
  if (!order) throw gone();
  if (order.state !== DOWNLOADABLE) throw frozen();
  if (claim.kind === 'photo') {
    const { photoId, size } = claim;
    const file = (await listBoughtFiles(ctx, { orderId, photoId })).find((one) => one.size === size);
    if (!file) throw gone();
    if (!file.given) throw frozen();
    return { kind: 'photo', orderId, photoId, size, file: await toSend(ctx, file) };
  }
  const given = (await listBoughtFiles(ctx, { orderId })).filter((file) => file.given);
  const parts = archiveParts(given);
  const files = await sendAll(ctx, parts[claim.part - 1] ?? []);
  const ending = parts.length > 1 ? `-${claim.part}` : '';
  return { kind: 'archive', orderId, fileName: `focus-racer-${order.number}${ending}.zip`, files };
}

/** Whether the log has a line of this very file: who begins at its second byte has downloaded it too. */
export async function wasDownloaded(
  ctx: Context,
  { orderId, photoId, size }: Extract<OpenedDownload, { kind: 'photo' }>,
): Promise<boolean> {
  const [line] = await ctx.db
    .select({ id: downloads.id })
    .from(downloads)
    .where(and(eq(downloads.orderId, orderId), eq(downloads.photoId, photoId), eq(downloads.size, size)))
    .limit(1);
  return line !== undefined;
}

/** One line per file or ZIP that leaves; a resumed one counts once. */
export async function recordDownload(
  ctx: Context,
  {
    opened,
    from,
  }: { opened: OpenedDownload; from: { clientAddress: string | null; userAgent: string | null } },
): Promise<void> {
  await ctx.db.insert(downloads).values({
    id: ctx.random.id(),
    orderId: opened.orderId,
    photoId: opened.kind === 'photo' ? opened.photoId : null,
    size: opened.kind === 'photo' ? opened.size : null,
    clientAddress: from.clientAddress,
    userAgent: from.userAgent?.slice(0, 300) ?? null,
    at: ctx.clock.now(),
  });
}

async function sendAll(ctx: Context, files: BoughtFile[]): Promise<FileToSend[]> {
  if (files.length === 0) throw gone();
  const names = uniqueNames(files.map((file) => file.fileName));
  const ready: FileToSend[] = [];
  const left = files.entries();
  const plan = async () => {
    for (const [place, file] of left) {
      ready[place] = { ...(await toSend(ctx, file)), fileName: names[place] ?? file.fileName };
    }
  };
  await Promise.all(Array.from({ length: PLANS_AT_ONCE }, plan));
  return ready;
}

/** Throws 'unavailable' when the storage does not have the file in its full size: nothing is sent by halves. */
async function toSend(ctx: Context, file: BoughtFile): Promise<FileToSend> {
  const { stored, fileName, credit, photo } = file;
  if (!stored) throw new DomainError('unavailable', { public: { key: 'orders.filePreparing' } });
  const found = await ctx.storage.head(stored.storageKey);
  if (found?.sizeBytes !== stored.sizeBytes) {
    throw new DomainError('unavailable', {
      public: { key: 'orders.fileMissing' },
      internal: `a bought file is ${found ? 'of another size' : 'missing'}: ${stored.storageKey}`,
    });
  }
  const splice = await planCredit(ctx, { ...stored, credit });
  return {
    storageKey: stored.storageKey,
    fileName,
    sizeBytes: stored.sizeBytes + (splice ? splice.inserted.length - splice.removed : 0),
    storedBytes: stored.sizeBytes,
    splice,
    digest: splice ? `${stored.digest}-${creditDigest(splice)}` : stored.digest,
    contentType: stored.contentType,
    takenAt: photo.takenAt,
  };
}

function frozen(): DomainError {
  return new DomainError('forbidden', { public: { key: 'orders.downloadsFrozen' } });
}

function gone(): DomainError {
  return new DomainError('not-found', { public: { key: 'orders.downloadGone' } });
}
