import { and, eq, inArray, lt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { uploads } from './tables.ts';

/** Leaves alone what may just be finishing. */
const GRACE_HOURS = 1;
const AT_ONCE = 500;

/** Forgets uploads whose time is over, and removes stored bytes that became no photo. Gives how many. */
export async function sweepUploads(ctx: Context): Promise<number> {
  requireSystem(ctx);
  const overSince = new Date(ctx.clock.now().getTime() - GRACE_HOURS * 3_600_000);
  const over = await ctx.db
    .select({ id: uploads.id, storageKey: uploads.storageKey, photoKey: photos.originalKey })
    .from(uploads)
    .leftJoin(
      photos,
      and(
        eq(photos.eventId, uploads.eventId),
        eq(photos.sha256, uploads.sha256),
        eq(photos.originalKey, uploads.storageKey),
      ),
    )
    .where(lt(uploads.expiresAt, overSince))
    .limit(AT_ONCE);
  const orphans = over.filter((upload) => upload.photoKey === null).map((upload) => upload.storageKey);
  if (orphans.length > 0) await ctx.storage.remove(orphans);
  if (over.length > 0) {
    await ctx.db.delete(uploads).where(
      inArray(
        uploads.id,
        over.map((upload) => upload.id),
      ),
    );
  }
  return over.length;
}
