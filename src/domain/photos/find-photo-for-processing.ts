import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireSystem } from './require-system.ts';
import { photos } from './tables.ts';

export type ProcessedPhoto = typeof photos.$inferSelect;

/** The whole row, for jobs. Null when the photo was deleted. */
export async function findPhotoForProcessing(
  ctx: Context,
  input: { photoId: string },
): Promise<ProcessedPhoto | null> {
  requireSystem(ctx);
  const [photo] = await ctx.db.select().from(photos).where(eq(photos.id, input.photoId));
  return photo ?? null;
}
