import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { CREDITS_PER_PHOTO } from '#domain/credits/credits.ts';
import { holdCredits } from '#domain/credits/hold-credits.ts';
import type { EventRow } from '#domain/events/event.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { announcePhotoState } from '#domain/photos/announce-photo-state.ts';
import { receivePhoto } from '#domain/photos/receive-photo.ts';
import { isDomainError } from '#platform/errors.ts';
import { type PhotoHeader, readFrom, readPhotoHeader } from './photo-header.ts';
import { paidMode } from './reading-parts.ts';
import { closeUpload, refusedError, refuseUpload } from './refuse-upload.ts';
import { requireOwnUpload, type UploadRow } from './require-own-upload.ts';
import { uploads } from './tables.ts';
import type { UploadRefusal } from './upload.ts';

export interface FinishedUpload {
  outcome: 'created' | 'already-uploaded';
  photoId: string;
}

/**
 * Turns the bytes at `path` into a photo: safe in the storage first, then row, credit and job in one transaction.
 * Safe to run twice and at once. Throws when the file is refused: then the upload is over and nothing of it is kept.
 */
export async function finishUpload(
  ctx: Context,
  input: { uploadId: string; path: string },
): Promise<FinishedUpload> {
  const upload = await requireOwnUpload(ctx, input);
  if (upload.state === 'done' && upload.photoId)
    return { outcome: 'already-uploaded', photoId: upload.photoId };
  if (upload.state !== 'open') throw refusedError(upload.refusal ?? 'not-a-photo');
  const event = await requireOwnEvent(ctx, { eventId: upload.eventId });
  if (event.status === 'archived') return refuseUpload(ctx, upload, 'event-closed');
  const checked = await checkBytes(ctx, upload, input.path);
  if (typeof checked === 'string') return refuseUpload(ctx, upload, checked);

  await ctx.storage.putFile(upload.storageKey, input.path, `image/${checked.format}`);
  const finished = await inTransaction(ctx, (tx) => record(tx, upload, event, checked.format)).catch(
    (error) => {
      // Only our own refusal proves that nothing was committed. After a lost answer of the database the bytes must stay.
      if (isDomainError(error) && error.code === 'payment-required') return 'no-credit' as const;
      throw error;
    },
  );
  if (finished === 'no-credit') {
    // Refused first: from then on no other request makes a photo that stands on these bytes.
    if (!(await closeUpload(ctx, upload, 'no-credit'))) return finishUpload(ctx, input);
    await ctx.storage.remove([upload.storageKey]);
    throw refusedError('no-credit');
  }
  if (!finished.keepsBytes) await ctx.storage.remove([upload.storageKey]);
  const { outcome, photoId } = finished;
  if (outcome === 'created') await announcePhotoState(ctx, { eventId: event.id, photoId, state: 'received' });
  return { outcome, photoId };
}

async function checkBytes(
  ctx: Context,
  upload: UploadRow,
  path: string,
): Promise<PhotoHeader | UploadRefusal> {
  const { size } = await stat(path);
  if (size === 0) return 'empty';
  if (size > ctx.config.maxUploadMb * 1_000_000) return 'too-large';
  if (size !== upload.sizeBytes) return 'wrong-size';
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  if (hash.digest('hex') !== upload.sha256) return 'wrong-hash';
  await using file = await open(path, 'r');
  const header = await readPhotoHeader(readFrom(file));
  if (!header) return 'not-a-photo';
  return header.widthPx * header.heightPx > ctx.config.maxPixelsMillion * 1_000_000
    ? 'too-many-pixels'
    : header;
}

async function record(
  tx: Context,
  upload: UploadRow,
  event: EventRow,
  format: PhotoHeader['format'],
): Promise<FinishedUpload & { keepsBytes: boolean }> {
  const [current] = await tx.db.select().from(uploads).where(eq(uploads.id, upload.id)).for('update');
  if (current?.state === 'done' && current.photoId) {
    // Another request for this very upload was faster: the photo stands on the bytes under this key.
    return { outcome: 'already-uploaded', photoId: current.photoId, keepsBytes: true };
  }
  if (current?.state !== 'open') throw refusedError('no-credit');
  const processingMode = paidMode(event, tx.config, tx.clock.now());
  const { outcome, photoId } = await receivePhoto(tx, {
    processingMode,
    eventId: event.id,
    organisationId: event.organisationId,
    uploadedBy: upload.userId,
    fileName: upload.fileName,
    sha256: upload.sha256,
    sizeBytes: upload.sizeBytes,
    format,
    originalKey: upload.storageKey,
  });
  await tx.db.update(uploads).set({ state: 'done', photoId }).where(eq(uploads.id, upload.id));
  if (outcome === 'already-there') return { outcome: 'already-uploaded', photoId, keepsBytes: false };

  const credits = CREDITS_PER_PHOTO[processingMode];
  const held = await holdCredits(tx, { organisationId: event.organisationId, photoId, credits });
  if (held === 'no-credit') throw refusedError('no-credit');
  await tx.queue.enqueue(tx.db, 'prepare-photo', { photoId }, { shareKey: event.id, singletonKey: photoId });
  return { outcome: 'created', photoId, keepsBytes: true };
}
