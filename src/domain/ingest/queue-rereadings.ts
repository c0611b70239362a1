import { isNotNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { walkPhotos } from '#domain/photos/walk-photos.ts';

/** Queues the photos of an event that wait to be read again, behind all other work. Safe to run twice. */
export async function queueRereadings(ctx: Context, input: { eventId: string }): Promise<void> {
  requireSystem(ctx);
  const { eventId } = input;
  for await (const photoId of walkPhotos(ctx, eventId, isNotNull(photos.rereadAskedAt))) {
    const options = { shareKey: eventId, background: true, singletonKey: photoId };
    await ctx.queue.enqueue(ctx.db, 'recognise-photo', { photoId }, options);
  }
}
