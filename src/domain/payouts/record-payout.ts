import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { PaymentEvent } from '#platform/payments/payment-event.ts';
import { postMovement } from '../ledger/post-movement.ts';
import { sellerAccounts, sellerPayouts } from './tables.ts';

type PayoutEvent = Extract<PaymentEvent, { kind: 'payout-paid' | 'payout-failed' }>;

/** Keeps what reached a bank, or did not. A payout that failed once does not arrive later: the money goes out by another one. */
export async function recordPayout(tx: Context, event: PayoutEvent): Promise<'applied' | 'unknown'> {
  if (event.accountId === null) return recordOwnPayout(tx, event);
  const [seller] = await tx.db
    .select()
    .from(sellerAccounts)
    .where(eq(sellerAccounts.accountId, event.accountId));
  if (!seller) return 'unknown';
  const { payoutId: id, amountCents, currency, reason, occurredAt: at } = event;
  const state = event.kind === 'payout-paid' ? ('paid' as const) : ('failed' as const);
  const { organisationId } = seller;
  await tx.db
    .insert(sellerPayouts)
    .values({ id, organisationId, amountCents, currency, state, reason, at })
    .onConflictDoNothing();
  if (state === 'failed') {
    await tx.db
      .update(sellerPayouts)
      .set({ state, reason, at })
      .where(and(eq(sellerPayouts.id, id), eq(sellerPayouts.state, 'paid')));
  }
  return 'applied';
}

/** The platform's own money, out of the provider's hands. One that failed came back: whichever is told first. */
async function recordOwnPayout(tx: Context, event: PayoutEvent): Promise<'applied'> {
  const { payoutId, amountCents, currency, occurredAt: happenedAt } = event;
  if (amountCents === 0) return 'applied';
  const platform = { kind: 'platform' as const, owner: '', currency };
  const provider = { kind: 'provider' as const, owner: tx.payments.name, currency };
  const shared = { kind: 'payout' as const, orderId: null, happenedAt };
  const entries = (cents: number) => [
    { account: platform, amount: cents },
    { account: provider, amount: -cents },
  ];
  await postMovement(tx, { ...shared, uniqueKey: `payout/${payoutId}`, entries: entries(amountCents) });
  if (event.kind === 'payout-failed') {
    const uniqueKey = `payout-failed/${payoutId}`;
    await postMovement(tx, { ...shared, uniqueKey, entries: entries(-amountCents) });
  }
  return 'applied';
}
