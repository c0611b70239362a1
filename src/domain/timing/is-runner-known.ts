import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { inEvent, mayBeFound } from './select-runners.ts';
import { startListEntries } from './tables.ts';

/** Whether a bib is one that visitors may find in the start list; true for every bib of an event without one. */
export async function isRunnerKnown(ctx: Context, input: { eventId: string; bib: string }): Promise<boolean> {
  const find = (where: ReturnType<typeof and>) =>
    ctx.db.select({ id: startListEntries.id }).from(startListEntries).where(where).limit(1);
  const own = await find(and(mayBeFound(input.eventId), eq(startListEntries.bib, input.bib)));
  if (own.length > 0) return true;
  return (await find(inEvent(input.eventId))).length === 0;
}
