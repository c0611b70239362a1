import { and, eq, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { refusesFacesOf } from '#domain/timing/refuses-photos.ts';
import { photoFaces } from './tables.ts';

/** Deletes the faces of whoever refuses photos or faces, as far as their bib was read on the same body; of one photo, or of all
 *  of an event. For the transaction that wrote them, or that follows a start list. */
export async function dropRefusedFaces(
  tx: Context,
  input: { eventId: string; photoId?: string },
): Promise<void> {
  const ofPhoto: SQL | undefined =
    input.photoId === undefined ? undefined : eq(photoFaces.photoId, input.photoId);
  await tx.db
    .delete(photoFaces)
    .where(
      and(eq(photoFaces.eventId, input.eventId), ofPhoto, refusesFacesOf(input.eventId, photoFaces.bib)),
    );
}
