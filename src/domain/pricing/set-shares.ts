import { and, eq, inArray, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { emailSchema } from '#domain/accounts/account.ts';
import { limitAttempts } from '#domain/accounts/limit-attempts.ts';
import { memberships, users } from '#domain/accounts/tables.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import type { EventRow } from '#domain/events/event.ts';
import { requireManagedEvent } from '#domain/events/require-managed-event.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { platformBps, WHOLE_BPS } from './find-share-terms.ts';
import { eventShares } from './tables.ts';

/** As the table's check says: something is always left for seller and platform. */
const MOST_BPS = 9_000;

const share = z
  .number({ error: 'pricing.shareBounds' })
  .int('pricing.shareBounds')
  .min(0, 'pricing.shareBounds')
  .max(MOST_BPS, 'pricing.shareBounds');

export const setSharesSchema = z
  .object({
    eventId: z.uuid(),
    /** Somebody who sells here with a pro account; `keep`: whoever it is now. */
    organiser: z.union([z.literal('keep'), z.literal('none'), z.object({ email: emailSchema })]),
    /** Ten thousandths of what each photo is paid. */
    organiserBps: share,
    charityName: z.string().trim().max(80, 'events.nameTooLong').nullable(),
    charityBps: share,
  })
  .refine(({ organiser, organiserBps }) => organiser !== 'none' || organiserBps === 0, {
    path: ['organiser'],
    message: 'pricing.organiserRequired',
  })
  .refine(({ charityName, charityBps }) => charityBps === 0 || charityName, {
    path: ['charityName'],
    message: 'pricing.charityRequired',
  });

/** Twenty addresses an hour are more than anybody mistypes. */
const LOOKUPS = { max: 20, windowSeconds: 3600 };

/** Sets who else has a part of an event's sales from the next order on. Whether an address has an account at all is not told:
 *  only one that sells is found. Throws bad-input, also when more than the whole would be given away. */
export async function setShares(ctx: Context, input: z.input<typeof setSharesSchema>): Promise<void> {
  const event = await requireManagedEvent(ctx, input);
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  const asked = parseInput(setSharesSchema, input);
  refuseMoreThanWhole(ctx, asked);
  const organiserId = await findOrganiser(ctx, event, asked.organiser);
  if (organiserId === null && asked.organiserBps > 0) throw refusal('pricing.organiserRequired');
  const fields = {
    organiserId,
    organiserBps: asked.organiserBps,
    charityName: asked.charityName || null,
    charityBps: asked.charityBps,
    updatedAt: ctx.clock.now(),
  };
  await inTransaction(ctx, async (tx) => {
    await tx.db
      .insert(eventShares)
      .values({ eventId: event.id, ...fields })
      .onConflictDoUpdate({ target: eventShares.eventId, set: fields });
    await recordAudit(tx, {
      action: 'pricing.set-shares',
      subjectKind: 'event',
      subjectId: event.id,
      details: { organiserId, organiserBps: asked.organiserBps, charityBps: asked.charityBps },
    });
  });
}

function refuseMoreThanWhole(ctx: Context, asked: { organiserBps: number; charityBps: number }): void {
  const given = asked.organiserBps + asked.charityBps;
  const left = Math.min(MOST_BPS, WHOLE_BPS - platformBps(ctx));
  if (given <= left) return;
  throw new DomainError('bad-input', {
    public: { key: 'pricing.sharesTooHigh', values: { most: left / 100 } },
  });
}

async function findOrganiser(
  ctx: Context,
  event: EventRow,
  organiser: z.infer<typeof setSharesSchema>['organiser'],
): Promise<string | null> {
  if (organiser === 'none') return null;
  if (organiser === 'keep') return findPresent(ctx, event.id);
  await limitAttempts(ctx, { key: `pricing/organiser/${event.organisationId}`, ...LOOKUPS });
  const [member] = await ctx.db
    .select({ organisationId: memberships.organisationId })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(users.email, organiser.email),
        eq(users.emailVerified, true),
        isNull(users.suspendedAt),
        inArray(memberships.role, ['owner', 'manager']),
      ),
    )
    .limit(1);
  if (!member) throw refusal('pricing.organiserUnknown');
  if (member.organisationId === event.organisationId) throw refusal('pricing.organiserIsSeller');
  return member.organisationId;
}

async function findPresent(ctx: Context, eventId: string): Promise<string | null> {
  const [shares] = await ctx.db
    .select({ organiserId: eventShares.organiserId })
    .from(eventShares)
    .where(eq(eventShares.eventId, eventId));
  return shares?.organiserId ?? null;
}

function refusal(key: string): DomainError {
  return new DomainError('bad-input', { public: { key } });
}
