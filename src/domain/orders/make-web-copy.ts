import { type Context, inTransaction } from '#context.ts';
import { findPhotoEdit } from '#domain/photos/find-photo-edit.ts';
import { findPhotoForProcessing } from '#domain/photos/find-photo-for-processing.ts';
import { findRenditions } from '#domain/photos/find-renditions.ts';
import { recordRenditions, renditionKey } from '#domain/photos/record-renditions.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { DomainError } from '#platform/errors.ts';
import { drawName } from '#vision/pixels/name-band.ts';
import { findOffers } from '../pricing/find-offers.ts';
import { webCopyKind } from './web-copy.ts';

/**
 * Makes and keeps the web size of a photo that was bought: from the original, as galleries show it now, with the sponsor's
 * name when the sponsor gives it. Its key is as unguessable as the original's, and no address leads to it but a paid
 * order's. Safe to run twice.
 */
export async function makeWebCopy(
  ctx: Context,
  { photoId, sponsored }: { photoId: string; sponsored: boolean },
): Promise<void> {
  requireSystem(ctx);
  const photo = await findPhotoForProcessing(ctx, { photoId });
  if (!photo) return;
  const { originalKey, edited } = photo;
  const kind = webCopyKind({ edited, sponsored });
  if ((await findRenditions(ctx, { photoIds: [photoId], kinds: [kind] })).has(photoId)) return;
  if (!ctx.engine) throw new DomainError('unavailable', { public: { key: 'ingest.noEngine' } });

  const edit = edited ? await findPhotoEdit(ctx, { photoId }) : null;
  const sponsor = sponsored ? await findSponsor(ctx, photo.eventId) : null;
  const name = sponsor ? await drawName(sponsor) : null;
  const original = await ctx.storage.get(originalKey);
  const copy = await ctx.engine.makeWebCopy(original, { plan: edit?.plan ?? null, name });
  const { bytes, widthPx, heightPx } = copy;
  const storageKey = renditionKey(originalKey, kind);
  await ctx.storage.put(storageKey, Buffer.from(bytes), 'image/jpeg');
  const row = { kind, storageKey, widthPx, heightPx, sizeBytes: bytes.length };
  await inTransaction(ctx, (tx) => recordRenditions(tx, { photoId, renditions: [row] }));
}

async function findSponsor(ctx: Context, eventId: string): Promise<string | null> {
  const offers = await findOffers(ctx, [eventId]);
  return offers.get(eventId)?.sponsorName ?? null;
}
