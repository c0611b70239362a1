import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { isReadByOlder } from '#domain/photos/ask-rereading.ts';
import { photos } from '#domain/photos/tables.ts';
import { currentVersions } from './reading-parts.ts';

export interface Rereading {
  /** Ready photos that today's engine would read otherwise and that do not wait yet. */
  older: number;
  /** Photos that wait to be read again. */
  waiting: number;
}

/** How many photos of the actor's own event were read by an older engine, and how many wait to be read again. */
export async function getRereading(ctx: Context, input: { eventId: string }): Promise<Rereading> {
  const event = await requireOwnEvent(ctx, input);
  const older = isReadByOlder(currentVersions(event, ctx.config, ctx.clock.now()));
  const [counts] = await ctx.db
    .select({
      older: sql<number>`(count(*) filter (where ${and(older, isNull(photos.rereadAskedAt))}))::int`,
      waiting: sql<number>`(count(*) filter (where ${isNotNull(photos.rereadAskedAt)}))::int`,
    })
    .from(photos)
    .where(eq(photos.eventId, input.eventId));
  return counts ?? { older: 0, waiting: 0 };
}
