import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from './tables.ts';

export interface PhotoReadingNote {
  photoId: string;
  before: string | null;
  engineVersion: string;
  qualityScore: number | null;
  blurry: boolean | null;
  perceptualHash: string | null;
}

/** Notes which engine read a ready photo and how good it found it. False when it is not ready or another run was faster:
 *  then nothing was written. */
export async function setPhotoReading(tx: Context, input: PhotoReadingNote): Promise<boolean> {
  const { photoId, before, ...reading } = input;
  const noted = await tx.db
    .update(photos)
    .set({ ...reading, rereadAskedAt: null })
    .where(
      and(
        eq(photos.id, photoId),
        eq(photos.state, 'ready'),
        sql`${photos.engineVersion} is not distinct from ${before}`,
      ),
    )
    .returning({ id: photos.id });
  return noted.length > 0;
}
