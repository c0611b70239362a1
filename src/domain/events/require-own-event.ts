import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireOrganisation } from '#domain/accounts/require-account.ts';
import { DomainError } from '#platform/errors.ts';
import type { EventRow } from './event.ts';
import { events } from './tables.ts';

/** The event's row, for its own organisation or the system. Throws not-found for anyone else's event as for none. */
export async function requireOwnEvent(ctx: Context, input: { eventId: string }): Promise<EventRow> {
  const organisationId = ctx.actor.kind === 'system' ? null : requireOrganisation(ctx).organisationId;
  const event = await findEvent(ctx, input.eventId);
  if (!event || (organisationId !== null && event.organisationId !== organisationId)) throw eventNotFound();
  return event;
}

export async function findEvent(ctx: Context, eventId: string): Promise<EventRow | null> {
  if (!z.uuid().safeParse(eventId).success) return null;
  const [event] = await ctx.db.select().from(events).where(eq(events.id, eventId));
  return event ?? null;
}

export function eventNotFound(): DomainError {
  return new DomainError('not-found', { public: { key: 'events.notFound' } });
}
