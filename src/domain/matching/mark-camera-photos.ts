import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { markWhere } from './mark-photos-to-weigh.ts';

/** Has a camera's photos weighed again: for the transaction that changed its clock or its places. */
export async function markCameraPhotos(
  tx: Context,
  input: { eventId: string; cameraKey: string },
): Promise<void> {
  await markWhere(tx, input.eventId, eq(photos.cameraKey, input.cameraKey));
}
