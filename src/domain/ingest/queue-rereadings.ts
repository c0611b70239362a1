import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';

const PAGE = 500;

/** Queues the photos of an event that wait to be read again, behind all other work. Safe to run twice. */
export async function queueRereadings(ctx: Context, input: { eventId: string }): Promise<void> {
  requireSystem(ctx);
  let last: string | null = null;
  for (;;) {
    const page: { id: string }[] = await ctx.db
      .select({ id: photos.id })
      .from(photos)
      .where(
        and(
          eq(photos.eventId, input.eventId),
          isNotNull(photos.rereadAskedAt),
          last === null ? undefined : gt(photos.id, last),
        ),
      )
      .orderBy(asc(photos.id))
      .limit(PAGE);
    for (const { id: photoId } of page) {
      const options = { shareKey: input.eventId, background: true, singletonKey: photoId };
      await ctx.queue.enqueue(ctx.db, 'recognise-photo', { photoId }, options);
      last = photoId;
    }
    if (page.length < PAGE) return;
  }
}
