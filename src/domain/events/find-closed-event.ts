import { and, eq, isNotNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from './tables.ts';

/** All that a closed event shows of itself without its code; null for one that is not closed. */
export async function findClosedEvent(
  ctx: Context,
  input: { slug: string },
): Promise<{ slug: string; name: string } | null> {
  const [event] = await ctx.db
    .select({ slug: events.slug, name: events.name })
    .from(events)
    .where(and(eq(events.slug, input.slug), eq(events.status, 'published'), isNotNull(events.accessCode)));
  return event ?? null;
}
