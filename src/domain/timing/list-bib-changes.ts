import { desc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { users } from '#domain/accounts/tables.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { bibChanges, startListEntries } from './tables.ts';

export interface BibChange {
  id: string;
  firstName: string;
  lastName: string;
  fromBib: string;
  toBib: string;
  at: Date;
  /** Who brought the list; null for an account that is gone. */
  by: string | null;
}

const SHOWN = 50;

/** The last bib changes of an own event, newest first. */
export async function listBibChanges(ctx: Context, input: { eventId: string }): Promise<BibChange[]> {
  const event = await requireOwnEvent(ctx, input);
  return ctx.db
    .select({
      id: bibChanges.id,
      firstName: startListEntries.firstName,
      lastName: startListEntries.lastName,
      fromBib: bibChanges.fromBib,
      toBib: bibChanges.toBib,
      at: bibChanges.at,
      by: users.name,
    })
    .from(bibChanges)
    .innerJoin(startListEntries, eq(startListEntries.id, bibChanges.entryId))
    .leftJoin(users, eq(users.id, bibChanges.by))
    .where(eq(bibChanges.eventId, event.id))
    .orderBy(desc(bibChanges.at), bibChanges.id)
    .limit(SHOWN);
}
