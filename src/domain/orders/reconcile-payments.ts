import { and, asc, eq, gt, gte, inArray, lt, type SQL } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import type { OrderPaymentEvent } from '#platform/payments/payment-event.ts';
import type { PaymentIntent } from '#platform/payments/payments.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { openPayment } from './open-payment.ts';
import { orders, paymentEvents, payments } from './tables.ts';

const PATIENCE_MS = 2 * 60_000;
const GIVE_UP_MS = 24 * 3600_000;
/** Per run; the longest unseen come first, so that all have their turn. */
const BATCH = 200;
/** Buyers pay soon or hardly ever: half of a run is for orders that were made or moved within this time. */
const YOUNG_MS = 3600_000;

type Waiting = { payment: typeof payments.$inferSelect; order: typeof orders.$inferSelect };

/** Asks the provider about orders that wait too long for a notice. Returns how many it asked about. */
export async function reconcilePayments(ctx: Context): Promise<number> {
  const youngSince = new Date(ctx.clock.now().getTime() - YOUNG_MS);
  const young = await listWaiting(ctx, gte(orders.updatedAt, youngSince), BATCH / 2);
  const old = await listWaiting(ctx, lt(orders.updatedAt, youngSince), BATCH - young.length);
  for (const one of [...young, ...old]) await reconcileSafely(ctx, one);
  return young.length + old.length;
}

async function listWaiting(ctx: Context, age: SQL, limit: number): Promise<Waiting[]> {
  return ctx.db
    .select({ payment: payments, order: orders })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        inArray(orders.state, ['pending', 'processing', 'failed']),
        eq(payments.provider, ctx.payments.name),
        lt(payments.updatedAt, new Date(ctx.clock.now().getTime() - PATIENCE_MS)),
        age,
      ),
    )
    .orderBy(asc(payments.updatedAt))
    .limit(limit);
}

/** One unanswered question must not keep the others waiting. */
async function reconcileSafely(ctx: Context, waiting: Waiting): Promise<void> {
  try {
    await reconcile(ctx, waiting);
  } catch (error) {
    ctx.log.error({ orderId: waiting.order.id, error }, 'the provider could not be asked about a payment');
  }
  await ctx.db
    .update(payments)
    .set({ updatedAt: ctx.clock.now() })
    .where(eq(payments.id, waiting.payment.id));
}

async function reconcile(ctx: Context, { payment, order }: Waiting): Promise<void> {
  // A crash between the provider's answer and our commit left no intent: the same key finds it again.
  if (payment.intentId === null) await openPayment(ctx, order);
  const intentId = payment.intentId ?? (await readIntentId(ctx, payment.id));
  if (intentId === null) return;
  const intent = await ctx.payments.getIntent(intentId);
  const event = eventOf(ctx, intent);
  const outcome = event && (await applyPaymentEvent(ctx, { event }));
  if (outcome === 'applied' || !(await isAbandoned(ctx, intent, order))) return;
  const closed = eventOf(ctx, await closeIntent(ctx, intent));
  if (closed) await applyPaymentEvent(ctx, { event: closed });
}

/** Lets nobody pay an order any more, unless somebody just did. */
export async function closeOrder(ctx: Context, { payment, order }: Waiting): Promise<void> {
  if (payment.intentId === null) await openPayment(ctx, order);
  const intentId = payment.intentId ?? (await readIntentId(ctx, payment.id));
  if (intentId === null) return;
  const event = eventOf(ctx, await closeIntent(ctx, await ctx.payments.getIntent(intentId)));
  if (event) await applyPaymentEvent(ctx, { event });
}

/** A bank debit is refused days after the order: its buyer is told, and has a day from then on to pay otherwise. */
async function isAbandoned(
  ctx: Context,
  { state }: PaymentIntent,
  order: Waiting['order'],
): Promise<boolean> {
  if (state !== 'requires-payment' && state !== 'failed') return false;
  const since = ctx.clock.now().getTime() - GIVE_UP_MS;
  if (order.createdAt.getTime() > since) return false;
  const [tried] = await ctx.db
    .select({ id: paymentEvents.id })
    .from(paymentEvents)
    .where(and(eq(paymentEvents.orderId, order.id), gt(paymentEvents.receivedAt, new Date(since))))
    .limit(1);
  return tried === undefined;
}

/** First at the provider, so that nobody pays what we call cancelled; what was paid at this very moment is what counts. */
async function closeIntent(ctx: Context, { id: intentId }: PaymentIntent): Promise<PaymentIntent> {
  try {
    return await ctx.payments.cancelIntent({ intentId, idempotencyKey: `cancel/${intentId}` });
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'conflict') throw error;
    return ctx.payments.getIntent(intentId);
  }
}

async function readIntentId(ctx: Context, paymentId: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ intentId: payments.intentId })
    .from(payments)
    .where(eq(payments.id, paymentId));
  return row?.intentId ?? null;
}

/** The provider's answer as a notice of its own, counted once per intent and state. */
function eventOf(ctx: Context, intent: PaymentIntent): OrderPaymentEvent | null {
  const { id: intentId, orderId, amountCents, currency, state: kind } = intent;
  if (kind === 'requires-payment') return null;
  const shared = { intentId, orderId, amountCents, currency, occurredAt: ctx.clock.now() };
  return { ...shared, id: `reconciled/${intentId}/${kind}`, kind };
}
