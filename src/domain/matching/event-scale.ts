import { count, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { EventTrust } from '#domain/weighing/scene.ts';
import { fullTrust } from '#domain/weighing/weigh-burst.ts';
import { eventTrust } from './tables.ts';

/** What every burst of an event is weighed by. */
export interface EventScale {
  eventId: string;
  /** Null when the event has no start list. */
  startListSize: number | null;
  trust: EventTrust;
}

export async function readScale(ctx: Context, eventId: string): Promise<EventScale> {
  const [list] = await ctx.db
    .select({ size: count() })
    .from(startListEntries)
    .where(eq(startListEntries.eventId, eventId));
  const { timing, neighbour, clothing } = eventTrust;
  const [learnt] = await ctx.db
    .select({ timing, neighbour, clothing })
    .from(eventTrust)
    .where(eq(eventTrust.eventId, eventId));
  return { eventId, startListSize: (list?.size ?? 0) || null, trust: learnt ?? fullTrust };
}
