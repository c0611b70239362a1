import { desc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOrganisation } from '#domain/accounts/require-account.ts';
import type { EventStatus } from './event.ts';
import { events } from './tables.ts';

export interface OwnEventSummary {
  id: string;
  slug: string;
  name: string;
  sport: string;
  place: string;
  startsAt: Date;
  timeZone: string;
  status: EventStatus;
  access: 'public' | 'unlisted';
}

const MAX_EVENTS = 500;

/** The organisation's events, the latest race day first; at most 500. */
export function listOwnEvents(ctx: Context): Promise<OwnEventSummary[]> {
  const { organisationId } = requireOrganisation(ctx);
  return ctx.db
    .select({
      id: events.id,
      slug: events.slug,
      name: events.name,
      sport: events.sport,
      place: events.place,
      startsAt: events.startsAt,
      timeZone: events.timeZone,
      status: events.status,
      access: events.access,
    })
    .from(events)
    .where(eq(events.organisationId, organisationId))
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(MAX_EVENTS);
}
