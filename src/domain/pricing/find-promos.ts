import { createHash } from 'node:crypto';
import { and, count, eq, inArray, notInArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import type { Promo } from './offer.ts';
import { promoCodes, promoUses } from './tables.ts';

/** Why a code takes nothing off. */
export type PromoRefusal =
  | 'unknown'
  | 'not-yet'
  | 'over'
  | 'used-up'
  | 'used-by-you'
  | 'other-events'
  | 'other-currency';

export interface PromoAsked {
  /** As the buyer typed it. */
  code: string;
  /** The events of the cart. */
  eventIds: string[];
  currency: string;
  /** Null until the buyer told it: then the limit per buyer is seen at checkout. */
  email: string | null;
  /** Orders whose uses do not count: the buyer's own ones of the same cart, which the new one takes the place of. */
  except: string[];
}

export type FoundPromos = { promos: Promo[]; refusal: PromoRefusal | null };

type CodeRow = typeof promoCodes.$inferSelect;

/** The promo code as the cart is priced by it; empty, with the reason, while it does not hold. Whether its minimum is reached
 *  is seen when the cart is priced. Locks nothing. */
export async function findPromos(ctx: Context, asked: PromoAsked): Promise<FoundPromos> {
  const [row] = await ctx.db
    .select()
    .from(promoCodes)
    .where(eq(promoCodes.code, normaliseCode(asked.code)));
  return row ? judgePromo(ctx, row, asked) : { promos: [], refusal: 'unknown' };
}

/** Trusts its caller to have read the row, locked or not. */
export async function judgePromo(ctx: Context, row: CodeRow, asked: PromoAsked): Promise<FoundPromos> {
  const eventIds = await eventsOf(ctx, row, asked.eventIds);
  const refusal = refusalByRow(row, ctx.clock.now()) ?? (await refusalByUses(ctx, row, asked));
  if (refusal) return { promos: [], refusal };
  if (eventIds.length === 0) return { promos: [], refusal: 'other-events' };
  if (row.currency !== asked.currency && (row.amountOffCents !== null || row.minTotalCents > 0)) {
    return { promos: [], refusal: 'other-currency' };
  }
  return { promos: [promoOf(row, eventIds)], refusal: null };
}

function refusalByRow({ startsAt, endsAt, endedAt }: CodeRow, now: Date): PromoRefusal | null {
  if (endedAt !== null || (endsAt !== null && endsAt <= now)) return 'over';
  return startsAt !== null && now < startsAt ? 'not-yet' : null;
}

async function refusalByUses(ctx: Context, row: CodeRow, asked: PromoAsked): Promise<PromoRefusal | null> {
  const { maxUses, maxUsesPerBuyer } = row;
  if (maxUses !== null && (await countUses(ctx, row.id, { ...asked, email: null })) >= maxUses)
    return 'used-up';
  if (maxUsesPerBuyer === null || asked.email === null) return null;
  return (await countUses(ctx, row.id, asked)) >= maxUsesPerBuyer ? 'used-by-you' : null;
}

async function countUses(
  ctx: Context,
  promoCodeId: string,
  { email, except }: Pick<PromoAsked, 'email' | 'except'>,
): Promise<number> {
  const [row] = await ctx.db
    .select({ uses: count() })
    .from(promoUses)
    .where(
      and(
        eq(promoUses.promoCodeId, promoCodeId),
        eq(promoUses.released, false),
        email === null ? undefined : eq(promoUses.buyerHash, hashBuyer(email)),
        except.length === 0 ? undefined : notInArray(promoUses.orderId, except),
      ),
    );
  return row?.uses ?? 0;
}

/** Those of the cart's events that the code holds for: its own one, or all of its organisation. */
async function eventsOf(ctx: Context, row: CodeRow, eventIds: string[]): Promise<string[]> {
  if (row.eventId !== null) return eventIds.filter((eventId) => eventId === row.eventId);
  if (eventIds.length === 0) return [];
  const own = await ctx.db
    .select({ id: events.id })
    .from(events)
    .where(and(inArray(events.id, eventIds), eq(events.organisationId, row.organisationId)));
  return own.map(({ id }) => id);
}

function promoOf(row: CodeRow, eventIds: string[]): Promo {
  const off =
    row.percentOff === null
      ? { kind: 'amount' as const, cents: row.amountOffCents ?? 0, currency: row.currency }
      : { kind: 'percent' as const, percent: row.percentOff };
  return { promoCodeId: row.id, code: row.code, eventIds, off, minTotalCents: row.minTotalCents };
}

/** Upper case without spaces, as codes are kept. */
export function normaliseCode(code: string): string {
  return code.replaceAll(/\s/g, '').toUpperCase();
}

/** A digest of the buyer's address, for one of any spelling: only limits look at it. */
export function hashBuyer(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}
