import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from './tables.ts';

/** Notes which engine read a ready photo. False when it is not ready or another run was faster: then nothing was written. */
export async function setPhotoReading(
  tx: Context,
  input: { photoId: string; before: string | null; engineVersion: string },
): Promise<boolean> {
  const noted = await tx.db
    .update(photos)
    .set({ engineVersion: input.engineVersion })
    .where(
      and(
        eq(photos.id, input.photoId),
        eq(photos.state, 'ready'),
        sql`${photos.engineVersion} is not distinct from ${input.before}`,
      ),
    )
    .returning({ id: photos.id });
  return noted.length > 0;
}
