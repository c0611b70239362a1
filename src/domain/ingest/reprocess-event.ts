import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { askRereading } from '#domain/photos/ask-rereading.ts';
import { photos } from '#domain/photos/tables.ts';
import { walkPhotos } from '#domain/photos/walk-photos.ts';
import { parseInput } from '#platform/parse-input.ts';
import { currentVersions } from './reading-parts.ts';
import { reprocessPhoto } from './reprocess-photo.ts';

export const reprocessEventSchema = z.object({
  eventId: z.uuid(),
  /** `older`: the ready photos that today's engine, with the event's options of today, would read otherwise. */
  which: z.enum(['failed', 'older', 'all']).default('all'),
});

/** Has an event's photos read again, ready ones behind all other work; gives how many were added. Safe to ask twice. */
export async function reprocessEvent(
  ctx: Context,
  input: z.input<typeof reprocessEventSchema>,
): Promise<number> {
  const { eventId, which } = parseInput(reprocessEventSchema, input);
  const event = await requireOwnEvent(ctx, { eventId });
  const failed = which === 'older' ? 0 : await reprocessFailed(ctx, eventId);
  if (which === 'failed') return failed;
  const older = which === 'older' ? currentVersions(event, ctx.config, ctx.clock.now()) : null;
  const asked = await inTransaction(ctx, async (tx) => {
    const added = await askRereading(tx, { eventId, older });
    if (added > 0) await tx.queue.enqueue(tx.db, 'queue-rereadings', { eventId });
    return added;
  });
  return failed + asked;
}

async function reprocessFailed(ctx: Context, eventId: string): Promise<number> {
  let queued = 0;
  for await (const photoId of walkPhotos(ctx, eventId, eq(photos.state, 'failed'))) {
    if ((await reprocessPhoto(ctx, { photoId })) === 'queued') queued += 1;
  }
  return queued;
}
