import { asc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireReadableEvent } from '#domain/events/require-readable-event.ts';
import { startListEntries } from './tables.ts';

/** Every bib of the event once, what readings are steered by. */
export async function listBibs(ctx: Context, input: { eventId: string }): Promise<string[]> {
  const event = await requireReadableEvent(ctx, input);
  const rows = await ctx.db
    .selectDistinct({ bib: startListEntries.bib })
    .from(startListEntries)
    .where(eq(startListEntries.eventId, event.id))
    .orderBy(asc(startListEntries.bib));
  return rows.map(({ bib }) => bib);
}
