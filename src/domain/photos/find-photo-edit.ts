import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photoEdits } from './tables.ts';

export type PhotoEdit = typeof photoEdits.$inferSelect;

/** The edit of a photo whose right was checked before; null when none was asked for. */
export async function findPhotoEdit(ctx: Context, input: { photoId: string }): Promise<PhotoEdit | null> {
  const [edit] = await ctx.db.select().from(photoEdits).where(eq(photoEdits.photoId, input.photoId));
  return edit ?? null;
}
