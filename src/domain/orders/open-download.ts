import { and, asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { photos } from '../photos/tables.ts';
import { uniqueNames } from './archive-names.ts';
import { readDownload } from './download-token.ts';
import { DOWNLOADABLE } from './order.ts';
import { downloads, orderPhotos, orders } from './tables.ts';

export interface FileToSend {
  storageKey: string;
  fileName: string;
  sizeBytes: number;
  sha256: string;
  contentType: string;
  takenAt: Date | null;
}

export type OpenedDownload =
  | { kind: 'photo'; orderId: string; photoId: string; file: FileToSend }
  | { kind: 'archive'; orderId: string; fileName: string; files: FileToSend[] };

/** What a signed address gives right to now. Throws 'not-found' for a wrong or expired one, 'forbidden' once the order is frozen. */
export async function openDownload(ctx: Context, { token }: { token: string }): Promise<OpenedDownload> {
  const claim = readDownload(ctx, token);
  if (!claim) throw gone();
  const [order] = await ctx.db.select().from(orders).where(eq(orders.id, claim.orderId));
  if (!order) throw gone();
  if (order.state !== DOWNLOADABLE) {
    throw new DomainError('forbidden', { public: { key: 'orders.downloadsFrozen' } });
  }
  const files = await listFiles(ctx, claim);
  if (claim.photoId === null) {
    if (files.length === 0) throw gone();
    const names = uniqueNames(files.map((file) => file.fileName));
    return {
      kind: 'archive',
      orderId: order.id,
      fileName: `focus-racer-${order.number}.zip`,
      files: files.map((file, index) => ({ ...file, fileName: names[index] ?? file.fileName })),
    };
  }
  const [file] = files;
  if (!file) throw gone();
  return { kind: 'photo', orderId: order.id, photoId: claim.photoId, file };
}

/** One line per file or ZIP that leaves; a resumed one counts once. */
export async function recordDownload(ctx: Context, opened: OpenedDownload): Promise<void> {
  await ctx.db.insert(downloads).values({
    id: ctx.random.id(),
    orderId: opened.orderId,
    photoId: opened.kind === 'photo' ? opened.photoId : null,
    at: ctx.clock.now(),
  });
}

const CONTENT_TYPES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

async function listFiles(
  ctx: Context,
  { orderId, photoId }: { orderId: string; photoId: string | null },
): Promise<FileToSend[]> {
  const bought = await ctx.db
    .select({
      storageKey: photos.originalKey,
      fileName: photos.fileName,
      sizeBytes: photos.sizeBytes,
      sha256: photos.sha256,
      format: photos.format,
      takenAt: photos.takenAt,
    })
    .from(orderPhotos)
    .innerJoin(photos, eq(photos.id, orderPhotos.photoId))
    .where(and(eq(orderPhotos.orderId, orderId), photoId ? eq(orderPhotos.photoId, photoId) : undefined))
    .orderBy(asc(photos.sortAt), asc(photos.id));
  return bought.map(({ format, ...file }) => ({
    ...file,
    contentType: format ? CONTENT_TYPES[format] : 'application/octet-stream',
  }));
}

function gone(): DomainError {
  return new DomainError('not-found', { public: { key: 'orders.downloadGone' } });
}
