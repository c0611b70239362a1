import { desc, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { organisations } from '../accounts/tables.ts';
import { type AccountBalance, listBalances } from '../ledger/list-balances.ts';
import { sumLedger } from '../ledger/sum-ledger.ts';
import { type MovementSum, sumMovements } from '../ledger/sum-movements.ts';
import { sellerAccounts, sellerPayouts } from './tables.ts';

/** Of one currency, in minor units; all positive where money is had or earned. */
export interface PlatformBooks {
  currency: string;
  /** The platform's parts of sales, less those that went back. */
  feesCents: number;
  creditsCents: number;
  /** What the payment provider kept of payments, where the platform bears it, and for disputes. */
  providerFeesCents: number;
  /** Went to the platform's own bank. */
  paidOutCents: number;
  charityCents: number;
  /** Owed to sellers and organisers, and not sent. */
  heldCents: number;
  debtCents: number;
  /** In the platform's account at the provider, as the books say. */
  providerCents: number;
  /** Nothing, or the books are wrong. */
  sumCents: number;
}

export interface HeldMoney {
  organisationId: string;
  name: string;
  currency: string;
  heldCents: number;
  debtCents: number;
  /** Null: no account was opened yet. */
  canReceive: boolean | null;
}

const SHOWN = 200;

/** What the platform earned, bears and holds, by currency. For the operator. */
export async function listPlatformBooks(ctx: Context): Promise<PlatformBooks[]> {
  requireAdmin(ctx);
  const sums = await sumLedger(ctx);
  const balances = await listBalances(ctx, {
    kinds: ['seller', 'organiser', 'charity', 'debt', 'provider', 'credits'],
  });
  const moved = await sumMovements(ctx, { kinds: ['platform'] });
  return sums.map(({ currency, cents: sumCents }) => {
    const of = (...kinds: AccountBalance['kind'][]) =>
      balances.reduce(
        (sum, one) => (one.currency === currency && kinds.includes(one.kind) ? sum + one.balance : sum),
        0,
      );
    const by = (kinds: MovementSum['movementKind'][]) =>
      moved.reduce(
        (sum, one) => (one.currency === currency && kinds.includes(one.movementKind) ? sum + one.cents : sum),
        0,
      );
    const all = by(moved.map(({ movementKind }) => movementKind));
    const [providerFeesCents, paidOutCents] = [by(['provider-fee', 'dispute-fee']), by(['payout'])];
    return {
      currency,
      feesCents: positive(-(all - providerFeesCents - paidOutCents)),
      creditsCents: positive(-of('credits')),
      providerFeesCents,
      paidOutCents,
      charityCents: positive(-of('charity')),
      heldCents: positive(-of('seller', 'organiser')),
      debtCents: of('debt'),
      providerCents: of('provider'),
      sumCents,
    };
  });
}

/** Not -0. */
function positive(cents: number): number {
  return cents === 0 ? 0 : cents;
}

/** Whose money is held or who owes, largest first. For the operator. */
export async function listHeldMoney(ctx: Context): Promise<HeldMoney[]> {
  requireAdmin(ctx);
  const balances = await listBalances(ctx, { kinds: ['seller', 'organiser', 'debt'] });
  const found = new Map<string, HeldMoney>();
  for (const { kind, owner, currency, balance } of balances) {
    const key = `${owner}/${currency}`;
    const fresh = {
      organisationId: owner,
      name: owner,
      currency,
      heldCents: 0,
      debtCents: 0,
      canReceive: null,
    };
    const known = found.get(key) ?? fresh;
    found.set(key, known);
    if (kind === 'debt') known.debtCents += balance;
    else known.heldCents -= balance;
  }
  const held = [...found.values()]
    .toSorted((one, other) => other.heldCents + other.debtCents - one.heldCents - one.debtCents)
    .slice(0, SHOWN);
  if (held.length === 0) return [];
  const named = await ctx.db
    .select({ id: organisations.id, name: organisations.name, canReceive: sellerAccounts.canReceive })
    .from(organisations)
    .leftJoin(sellerAccounts, eq(sellerAccounts.organisationId, organisations.id))
    .where(
      inArray(
        organisations.id,
        held.map(({ organisationId }) => organisationId),
      ),
    );
  const byId = new Map(named.map((row) => [row.id, row]));
  return held.map((one) => ({
    ...one,
    name: byId.get(one.organisationId)?.name ?? one.name,
    canReceive: byId.get(one.organisationId)?.canReceive ?? null,
  }));
}

export interface FailedPayout {
  payoutId: string;
  name: string;
  amountCents: number;
  currency: string;
  reason: string | null;
  at: Date;
}

/** Payouts that did not reach a seller's bank, newest first. For the operator. */
export async function listFailedPayouts(ctx: Context): Promise<FailedPayout[]> {
  requireAdmin(ctx);
  return ctx.db
    .select({
      payoutId: sellerPayouts.id,
      name: organisations.name,
      amountCents: sellerPayouts.amountCents,
      currency: sellerPayouts.currency,
      reason: sellerPayouts.reason,
      at: sellerPayouts.at,
    })
    .from(sellerPayouts)
    .innerJoin(organisations, eq(organisations.id, sellerPayouts.organisationId))
    .where(eq(sellerPayouts.state, 'failed'))
    .orderBy(desc(sellerPayouts.at))
    .limit(SHOWN);
}
