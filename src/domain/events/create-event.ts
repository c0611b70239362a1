import { sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { requireOrganisation } from '#domain/accounts/require-account.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { parseInput } from '#platform/parse-input.ts';
import { type EventInput, eventSchema, type ParsedEvent, slugFor } from './event.ts';
import { events } from './tables.ts';
import { writeEventParts } from './write-event-parts.ts';

/** Makes a draft event of the actor's organisation. */
export async function createEvent(ctx: Context, input: EventInput): Promise<{ id: string; slug: string }> {
  const { organisationId } = requireOrganisation(ctx);
  const event = parseInput(eventSchema, input);
  return inTransaction(ctx, (tx) => insertEvent(tx, organisationId, event));
}

export async function insertEvent(
  ctx: Context,
  organisationId: string,
  event: ParsedEvent,
): Promise<{ id: string; slug: string }> {
  const id = ctx.random.id();
  const now = ctx.clock.now();
  const { races, checkpoints, photoSpots, ...fields } = event;
  const slug = await freeSlug(ctx, slugFor(event.name, event.startsAt, event.timeZone));
  await ctx.db
    .insert(events)
    .values({ ...fields, id, organisationId, slug, status: 'draft', createdAt: now, updatedAt: now });
  await writeEventParts(ctx, id, event);
  await recordAudit(ctx, { action: 'events.create', subjectKind: 'event', subjectId: id, details: { slug } });
  return { id, slug };
}

/** The slug itself, or with the first free number after it: two draft names in a row stay readable. */
async function freeSlug(ctx: Context, wanted: string): Promise<string> {
  const taken = await ctx.db
    .select({ slug: events.slug })
    .from(events)
    .where(sql`${events.slug} = ${wanted} or ${events.slug} like ${`${wanted}-%`}`)
    .limit(1000);
  const slugs = new Set(taken.map(({ slug }) => slug));
  if (!slugs.has(wanted)) return wanted;
  for (let number = 2; number <= 1000; number += 1) {
    if (!slugs.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
  }
  return `${wanted}-${ctx.random.id().slice(0, 8)}`;
}
