import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from './tables.ts';

type Mode = (typeof photos.$inferSelect)['processingMode'];

/** By processing mode: the version that a photo would be read with now. */
export type CurrentVersions = Record<Mode, string>;

/** Ready photos that today's engine would read otherwise. */
export function isReadByOlder(current: CurrentVersions): SQL | undefined {
  const older = (mode: Mode) =>
    and(eq(photos.processingMode, mode), sql`${photos.engineVersion} is distinct from ${current[mode]}`);
  return and(eq(photos.state, 'ready'), or(older('lite'), older('premium')));
}

/** Notes which ready photos of an event wait to be read again: all, or those of an older engine. Gives how many were
 *  added. For a transaction of ingest, which has them read. */
export async function askRereading(
  tx: Context,
  input: { eventId: string; older: CurrentVersions | null },
): Promise<number> {
  const which = input.older ? isReadByOlder(input.older) : eq(photos.state, 'ready');
  const asked = await tx.db
    .update(photos)
    .set({ rereadAskedAt: tx.clock.now() })
    .where(and(eq(photos.eventId, input.eventId), isNull(photos.rereadAskedAt), which))
    .returning({ id: photos.id });
  return asked.length;
}

/** The same for one photo. */
export async function askPhotoRereading(tx: Context, input: { photoId: string }): Promise<void> {
  await tx.db
    .update(photos)
    .set({ rereadAskedAt: tx.clock.now() })
    .where(and(eq(photos.id, input.photoId), eq(photos.state, 'ready'), isNull(photos.rereadAskedAt)));
}

/** Ends the wait of a photo that could not be read again: what is known of it stays. */
export async function dropRereading(tx: Context, input: { photoId: string }): Promise<void> {
  await tx.db.update(photos).set({ rereadAskedAt: null }).where(eq(photos.id, input.photoId));
}
