import { type Context, inTransaction } from '#context.ts';
import { findPhotoEdit } from '#domain/photos/find-photo-edit.ts';
import { findPhotoForProcessing } from '#domain/photos/find-photo-for-processing.ts';
import { recordEdit } from '#domain/photos/record-edit.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { DomainError } from '#platform/errors.ts';
import { storeRenditions } from './store-renditions.ts';

/** No rendition is larger. */
const editedLongSidePx = 1600;

/**
 * Makes the renditions of a photo's edit beside the plain ones; with `accept` it is shown by them from then on. Until a
 * decision only the owner can open them. Safe to run twice.
 */
export async function renderEdit(ctx: Context, input: { photoId: string; accept: boolean }): Promise<void> {
  requireSystem(ctx);
  const photo = await findPhotoForProcessing(ctx, input);
  const edit = photo ? await findPhotoEdit(ctx, input) : null;
  if (photo?.state !== 'ready' || !edit || edit.renderedAt !== null) return;
  if (!ctx.engine) throw new DomainError('unavailable', { public: { key: 'ingest.noEngine' } });

  const original = await ctx.storage.get(photo.originalKey);
  const edited = await ctx.engine.editPhoto(original, edit.plan, { longSidePx: editedLongSidePx });
  const { renditions } = await ctx.engine.analysePhoto(edited.bytes, {
    renditions: { mark: { seed: photo.id } },
  });
  if (!renditions) throw new Error('the engine gave no renditions');
  const { originalKey } = photo;
  const rows = await storeRenditions(ctx, { originalKey, renditions, makes: (kind) => `edited-${kind}` });
  if (rows === 'storage-away')
    throw new DomainError('unavailable', { public: { key: 'platform.storageUnavailable' } });
  await inTransaction(ctx, (tx) =>
    recordEdit(tx, { photoId: photo.id, plan: edit.plan, renditions: rows, accept: input.accept }),
  );
}
