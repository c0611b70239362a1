import { and, asc, eq, gt, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from './tables.ts';

const PAGE = 500;

/** The ids of an event's photos that fulfil `where`, in an order that stays, however long the work between two takes. */
export async function* walkPhotos(ctx: Context, eventId: string, where: SQL): AsyncGenerator<string> {
  let last: string | null = null;
  for (;;) {
    const after = last === null ? undefined : gt(photos.id, last);
    const page: { id: string }[] = await ctx.db
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.eventId, eventId), where, after))
      .orderBy(asc(photos.id))
      .limit(PAGE);
    for (const { id } of page) yield id;
    last = page.at(-1)?.id ?? null;
    if (page.length < PAGE) return;
  }
}
