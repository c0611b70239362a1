import { eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { events } from '#domain/events/tables.ts';
import { recognitionCalls } from './tables.ts';

export interface RecognitionCost {
  photos: number;
  calls: number;
  /** Millionths of a dollar, at list price. */
  costMicroDollars: number;
  /** The dearest first. */
  events: { eventId: string; name: string; photos: number; calls: number; costMicroDollars: number }[];
}

const MOST_EVENTS = 20;

/** What a recogniser outside was asked, in all and by event. For operators. */
export async function getRecognitionCost(ctx: Context): Promise<RecognitionCost> {
  requireAdmin(ctx);
  const sums = {
    photos: sql<number>`count(distinct ${recognitionCalls.photoId})::int`,
    calls: sql<number>`coalesce(sum(${recognitionCalls.calls}), 0)::int`,
    costMicroDollars: sql<number>`coalesce(sum(${recognitionCalls.costMicroDollars}), 0)::float8`,
  };
  const [total] = await ctx.db.select(sums).from(recognitionCalls);
  const byEvent = await ctx.db
    .select({ eventId: events.id, name: events.name, ...sums })
    .from(recognitionCalls)
    .innerJoin(events, eq(events.id, recognitionCalls.eventId))
    .groupBy(events.id)
    .orderBy(sql`sum(${recognitionCalls.costMicroDollars}) desc`, events.id)
    .limit(MOST_EVENTS);
  return { photos: 0, calls: 0, costMicroDollars: 0, ...total, events: byEvent };
}
