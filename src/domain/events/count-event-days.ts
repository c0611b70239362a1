import { and, eq, isNull, max, min, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from './tables.ts';

export interface EventDays {
  /** `YYYY-MM`. */
  month: string;
  /** Events of each day that has some; days as `YYYY-MM-DD`. */
  days: ReadonlyMap<string, number>;
  /** The nearest months with an event before and after; null where there is none. */
  previous: string | null;
  next: string | null;
}

const LISTED = and(eq(events.status, 'published'), eq(events.access, 'public'), isNull(events.accessCode));
/** The day on which an event starts, by its own clock. */
export const LOCAL_DAY = sql<string>`to_char(${events.startsAt} at time zone ${events.timeZone}, 'YYYY-MM-DD')`;
const LOCAL_MONTH = sql<string>`to_char(${events.startsAt} at time zone ${events.timeZone}, 'YYYY-MM')`;

/** How many listed events start on each day of a month (`YYYY-MM`; null: the last month with one). Null without events. */
export async function countEventDays(
  ctx: Context,
  input: { month: string | null },
): Promise<EventDays | null> {
  const month = input.month ?? (await farthestMonth(ctx, max(LOCAL_MONTH), LISTED));
  if (month === null) return null;
  const [rows, previous, next] = await Promise.all([
    ctx.db
      .select({ day: LOCAL_DAY, events: sql<number>`count(*)::int` })
      .from(events)
      .where(and(LISTED, eq(LOCAL_MONTH, month)))
      .groupBy(LOCAL_DAY),
    farthestMonth(ctx, max(LOCAL_MONTH), and(LISTED, sql`${LOCAL_MONTH} < ${month}`)),
    farthestMonth(ctx, min(LOCAL_MONTH), and(LISTED, sql`${LOCAL_MONTH} > ${month}`)),
  ]);
  return { month, days: new Map(rows.map((row) => [row.day, row.events])), previous, next };
}

async function farthestMonth(
  ctx: Context,
  chosen: SQL<string | null>,
  where: SQL | undefined,
): Promise<string | null> {
  const [row] = await ctx.db.select({ month: chosen }).from(events).where(where);
  return row?.month ?? null;
}
