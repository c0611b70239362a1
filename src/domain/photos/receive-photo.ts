import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photoCounts, photos } from './tables.ts';

export interface ReceivePhotoInput {
  eventId: string;
  organisationId: string;
  uploadedBy: string | null;
  fileName: string;
  sha256: string;
  sizeBytes: number;
  format: 'jpeg' | 'png' | 'webp';
  originalKey: string;
  processingMode: 'lite' | 'premium';
}

/** Adds a photo in state received, or names the one that holds the same bytes in this event. For a transaction of ingest. */
export async function receivePhoto(
  tx: Context,
  input: ReceivePhotoInput,
): Promise<{ outcome: 'created' | 'already-there'; photoId: string }> {
  const now = tx.clock.now();
  const [created] = await tx.db
    .insert(photos)
    .values({ id: tx.random.id(), state: 'received', sortAt: now, receivedAt: now, ...input })
    .onConflictDoNothing({ target: [photos.eventId, photos.sha256] })
    .returning({ id: photos.id });
  if (!created) {
    const [same] = await tx.db
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.eventId, input.eventId), eq(photos.sha256, input.sha256)));
    if (!same) throw new Error('the photo with the same bytes vanished within the transaction');
    return { outcome: 'already-there', photoId: same.id };
  }
  await tx.db
    .insert(photoCounts)
    .values({ eventId: input.eventId, received: 1 })
    .onConflictDoUpdate({
      target: photoCounts.eventId,
      set: { received: sql`${photoCounts.received} + 1` },
    });
  return { outcome: 'created', photoId: created.id };
}
