import { and, count, eq, isNull, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import { runnerClaims } from './tables.ts';

/** Claims of an event that wait and can be checked: hiding a photo takes what is said of it from the list and from every
 *  bound. */
export async function countWaiting(ctx: Context, eventId: string, more?: SQL): Promise<number> {
  const [found] = await ctx.db
    .select({ claims: count() })
    .from(runnerClaims)
    .innerJoin(photos, eq(photos.id, runnerClaims.photoId))
    .where(and(isListed(eventId), more));
  return found?.claims ?? 0;
}

/** With `photos` joined. */
export function isListed(eventId: string): SQL | undefined {
  return and(eq(runnerClaims.eventId, eventId), eq(runnerClaims.state, 'waiting'), isNull(photos.hiddenAt));
}
