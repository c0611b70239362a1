import { and, asc, gt, ne } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { events } from '#domain/events/tables.ts';
import { reprocessEvent } from './reprocess-event.ts';

const PAGE = 200;

/** Has everything that an older engine read, in every event that is not archived, read again behind all other work; gives
 *  how many photos were added. For operators and the system; safe to ask twice. */
export async function reprocessOlder(ctx: Context): Promise<number> {
  requireAdmin(ctx);
  let asked = 0;
  let last: string | null = null;
  for (;;) {
    const page: { id: string }[] = await ctx.db
      .select({ id: events.id })
      .from(events)
      .where(and(ne(events.status, 'archived'), last === null ? undefined : gt(events.id, last)))
      .orderBy(asc(events.id))
      .limit(PAGE);
    for (const { id } of page) {
      asked += await reprocessEvent(ctx, { eventId: id, which: 'older' });
      last = id;
    }
    if (page.length < PAGE) return asked;
  }
}
