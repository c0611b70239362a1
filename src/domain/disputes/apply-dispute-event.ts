import { type Context, inTransaction } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import type { PaymentEvent } from '#platform/payments/payment-event.ts';
import type { DisputeView } from '#platform/payments/payments.ts';
import type { DisputeNews } from './dispute.ts';
import { findOrderOfIntent, keepDispute } from './keep-dispute.ts';
import { fraudWarnings } from './tables.ts';

type OrderDispute = Extract<PaymentEvent, { disputeId: string }>;
type FraudWarning = Extract<PaymentEvent, { kind: 'fraud-warning' }>;

/**
 * Keeps what a verified notice tells of disputes and fraud warnings; all other notices are none of its own. Safe to run
 * twice and in any order: what a notice leaves open is asked of the provider.
 */
export async function applyDisputeEvent(ctx: Context, { event }: { event: PaymentEvent }): Promise<void> {
  if ('otherMode' in event && event.otherMode) return;
  if (event.kind === 'fraud-warning') return keepWarning(ctx, event);
  const news = await newsOf(ctx, event);
  if (news) await inTransaction(ctx, (tx) => keepDispute(tx, news));
}

async function newsOf(ctx: Context, event: PaymentEvent): Promise<DisputeNews | null> {
  const { occurredAt } = event;
  switch (event.kind) {
    case 'dispute-opened':
    case 'dispute-won':
    case 'dispute-lost':
      return { view: await askForDispute(ctx, event), money: null, occurredAt };
    case 'dispute-updated':
      return { view: event.dispute, money: null, occurredAt };
    case 'dispute-funds-withdrawn':
      return { view: event.dispute, money: 'withdrawn', occurredAt };
    case 'dispute-funds-reinstated':
      return { view: event.dispute, money: 'reinstated', occurredAt };
    default:
      return null;
  }
}

/** The notice alone knows neither the reason nor the day by which to answer. */
async function askForDispute(ctx: Context, event: OrderDispute): Promise<DisputeView> {
  const told = {
    'dispute-opened': 'needs-response',
    'dispute-won': 'won',
    'dispute-lost': 'lost',
  } as const;
  const { disputeId: id, intentId, amountCents, currency } = event;
  const state = told[event.kind];
  try {
    const view = await ctx.payments.getDispute(id);
    // A verdict is a verdict, also when the provider's own pages lag behind.
    return event.kind === 'dispute-opened' ? view : { ...view, state };
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'not-found') throw error;
    const unknown = { reason: 'general', refundable: false, fee: null, respondBy: null, submissions: 0 };
    return { id, intentId, amountCents, currency, state, ...unknown };
  }
}

async function keepWarning(ctx: Context, event: FraudWarning): Promise<void> {
  const { warningId: id, intentId, actionable, occurredAt: at } = event;
  const orderId = intentId === null ? null : await findOrderOfIntent(ctx, intentId);
  await ctx.db
    .insert(fraudWarnings)
    .values({ id, intentId, orderId, actionable, at })
    .onConflictDoUpdate({ target: fraudWarnings.id, set: { actionable, orderId } });
}
