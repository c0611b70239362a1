import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOrganisation } from '../accounts/require-account.ts';
import { listBalances } from '../ledger/list-balances.ts';
import { type RequirementWord, toRequirementWords } from './requirement-words.ts';
import { sellerAccounts, sellerPayouts, transfers } from './tables.ts';

/** Of one currency, in minor units. */
export interface OwnBalance {
  currency: string;
  /** Owed and not sent yet. */
  toBePaidCents: number;
  /** Sent to the seller's account at the provider, and not yet at their bank. */
  onItsWayCents: number;
  /** Owed by the seller, kept from what comes next. */
  debtCents: number;
  /** Reached the bank. */
  paidOutCents: number;
}

type Requirements = { words: RequirementWord[]; unknown: string[] };

export interface OwnSeller {
  /**
   * `new`: something is due. `in-review`: everything is sent and being looked at. `no-payouts`: money can be received and
   * does not reach the bank yet. `left`: the seller has cut the connection.
   */
  state: 'new' | 'in-review' | 'no-payouts' | 'ready' | 'left';
  country: string;
  dueNow: Requirements;
  dueLater: Requirements;
  deadline: Date | null;
}

/** The own organisation's money and where it goes. `seller` is null until an account was opened. */
export async function getOwnPayouts(
  ctx: Context,
): Promise<{ seller: OwnSeller | null; balances: OwnBalance[] }> {
  const { organisationId } = requireOrganisation(ctx);
  const [seller] = await ctx.db
    .select()
    .from(sellerAccounts)
    .where(
      and(eq(sellerAccounts.organisationId, organisationId), eq(sellerAccounts.provider, ctx.payments.name)),
    );
  return {
    seller: seller?.accountId ? toSeller(seller) : null,
    balances: await readBalances(ctx, organisationId),
  };
}

function toSeller(row: typeof sellerAccounts.$inferSelect): OwnSeller {
  const { country, requirements } = row;
  // A date that was kept as JSON is a text.
  const deadline = requirements?.deadline ? new Date(requirements.deadline) : null;
  return {
    state: stateOf(row),
    country,
    dueNow: toRequirementWords(requirements?.dueNow ?? []),
    dueLater: toRequirementWords(requirements?.dueLater ?? []),
    deadline,
  };
}

function stateOf(row: typeof sellerAccounts.$inferSelect): OwnSeller['state'] {
  if (row.leftAt !== null) return 'left';
  if (row.canReceive) return row.canPayOut ? 'ready' : 'no-payouts';
  const due = row.requirements?.dueNow.length ?? 0;
  return due === 0 && (row.requirements?.inReview.length ?? 0) > 0 ? 'in-review' : 'new';
}

async function readBalances(ctx: Context, organisationId: string): Promise<OwnBalance[]> {
  const byCurrency = new Map<string, OwnBalance>();
  const of = (currency: string): OwnBalance => {
    const fresh = { currency, toBePaidCents: 0, onItsWayCents: 0, debtCents: 0, paidOutCents: 0 };
    const known = byCurrency.get(currency) ?? fresh;
    byCurrency.set(currency, known);
    return known;
  };
  const accounts = await listBalances(ctx, { kinds: ['seller', 'organiser', 'debt'], owner: organisationId });
  for (const { kind, currency, balance } of accounts) {
    if (kind === 'debt') of(currency).debtCents += balance;
    else of(currency).toBePaidCents -= balance;
  }
  const sent = await ctx.db
    .select({
      currency: transfers.currency,
      cents: sql<number>`sum(${transfers.sentCents} - ${transfers.reversedCents})`.mapWith(Number),
    })
    .from(transfers)
    .where(and(eq(transfers.organisationId, organisationId), eq(transfers.state, 'sent')))
    .groupBy(transfers.currency);
  for (const { currency, cents } of sent) of(currency).onItsWayCents += cents;
  const arrived = await ctx.db
    .select({
      currency: sellerPayouts.currency,
      cents: sql<number>`sum(${sellerPayouts.amountCents})`.mapWith(Number),
    })
    .from(sellerPayouts)
    .where(and(eq(sellerPayouts.organisationId, organisationId), eq(sellerPayouts.state, 'paid')))
    .groupBy(sellerPayouts.currency);
  for (const { currency, cents } of arrived) {
    of(currency).paidOutCents += cents;
    of(currency).onItsWayCents -= cents;
  }
  return [...byCurrency.values()].toSorted((one, other) => (one.currency < other.currency ? -1 : 1));
}
