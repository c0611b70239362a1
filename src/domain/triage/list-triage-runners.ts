import { asc, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { inEvent, selectRunners } from '#domain/timing/select-runners.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { TriageRunner } from './triage-photo.ts';

const MOST_RUNNERS = 100_000;

/** An own event's whole start list in the order of numbers, for a page that names runners without asking again. */
export async function listTriageRunners(ctx: Context, input: { eventId: string }): Promise<TriageRunner[]> {
  const { id } = await requireOwnEvent(ctx, input);
  const { bib } = startListEntries;
  const runners = await selectRunners(ctx, id, inEvent(id), {
    limit: MOST_RUNNERS,
    orderBy: [sql`length(${bib})`, asc(bib)],
  });
  return runners.map(({ bib, firstName, lastName, raceName, raceColour }) => {
    return { bib, name: `${firstName} ${lastName}`.trim(), raceName, raceColour };
  });
}
