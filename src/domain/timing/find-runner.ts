import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireReadableEvent } from '#domain/events/require-readable-event.ts';
import { readBib } from './read-cells.ts';
import { mayBeFound, selectRunners } from './select-runners.ts';
import type { Runner } from './start-list.ts';
import { startListEntries } from './tables.ts';

const MAX_RACES_WITH_ONE_BIB = 30;

/** The runners with this very bib, one per race that gave it out; none when nobody has it, or who has it refuses photos. */
export async function findRunner(ctx: Context, input: { eventId: string; bib: string }): Promise<Runner[]> {
  const event = await requireReadableEvent(ctx, input);
  const bib = readBib(input.bib);
  if (bib === null) return [];
  return selectRunners(ctx, event.id, and(mayBeFound(event.id), eq(startListEntries.bib, bib)), {
    limit: MAX_RACES_WITH_ONE_BIB,
  });
}
