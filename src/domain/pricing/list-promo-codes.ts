import { and, count, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOrganisation } from '#domain/accounts/require-account.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { promoCodes, promoUses } from './tables.ts';

export interface PromoCodeView {
  promoCodeId: string;
  code: string;
  /** Null: for all events of the organisation. */
  eventId: string | null;
  off: { kind: 'percent'; percent: number } | { kind: 'amount'; cents: number };
  currency: string;
  startsAt: Date | null;
  endsAt: Date | null;
  maxUses: number | null;
  maxUsesPerBuyer: number | null;
  minTotalCents: number;
  /** Orders that hold it: paid ones, and those being paid. */
  uses: number;
  state: 'not-yet' | 'running' | 'used-up' | 'over';
}

/** Nobody looks further back. */
const MOST_CODES = 200;

/** The organisation's codes, latest first; of one event, with those for all events. */
export async function listPromoCodes(
  ctx: Context,
  input: { eventId?: string } = {},
): Promise<PromoCodeView[]> {
  const { organisationId } = requireOrganisation(ctx);
  const event = input.eventId === undefined ? null : await requireOwnEvent(ctx, { eventId: input.eventId });
  const ofEvent = event ? or(eq(promoCodes.eventId, event.id), isNull(promoCodes.eventId)) : undefined;
  const rows = await ctx.db
    .select()
    .from(promoCodes)
    .where(and(eq(promoCodes.organisationId, organisationId), ofEvent))
    .orderBy(desc(promoCodes.createdAt), desc(promoCodes.id))
    .limit(MOST_CODES);
  const uses = await countUses(
    ctx,
    rows.map((row) => row.id),
  );
  const now = ctx.clock.now();
  return rows.map((row) => toView(row, { uses: uses.get(row.id) ?? 0, now }));
}

async function countUses(ctx: Context, promoCodeIds: string[]): Promise<Map<string, number>> {
  if (promoCodeIds.length === 0) return new Map();
  const counted = await ctx.db
    .select({ promoCodeId: promoUses.promoCodeId, uses: count() })
    .from(promoUses)
    .where(and(inArray(promoUses.promoCodeId, promoCodeIds), eq(promoUses.released, false)))
    .groupBy(promoUses.promoCodeId);
  return new Map(counted.map((one) => [one.promoCodeId, one.uses]));
}

function toView(
  row: typeof promoCodes.$inferSelect,
  { uses, now }: { uses: number; now: Date },
): PromoCodeView {
  const { id, code, eventId, currency, startsAt, endsAt, maxUses, maxUsesPerBuyer, minTotalCents } = row;
  const limits = { startsAt, endsAt, maxUses, maxUsesPerBuyer, minTotalCents };
  const off: PromoCodeView['off'] =
    row.percentOff === null
      ? { kind: 'amount', cents: row.amountOffCents ?? 0 }
      : { kind: 'percent', percent: row.percentOff };
  return { promoCodeId: id, code, eventId, off, currency, ...limits, uses, state: stateOf(row, uses, now) };
}

function stateOf(
  { startsAt, endsAt, endedAt, maxUses }: typeof promoCodes.$inferSelect,
  uses: number,
  now: Date,
): PromoCodeView['state'] {
  if (endedAt !== null || (endsAt !== null && endsAt <= now)) return 'over';
  if (startsAt !== null && now < startsAt) return 'not-yet';
  return maxUses !== null && uses >= maxUses ? 'used-up' : 'running';
}
