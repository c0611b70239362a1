import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { StartedIntent } from '#platform/payments/payments.ts';
import { orderUrl } from './order-secret.ts';
import { type orders, payments } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

/** Keeps an order's one payment with its key, in the order's own transaction and before the provider is called. */
export async function insertPayment(
  tx: Context,
  order: Pick<OrderRow, 'id' | 'totalCents' | 'currency'>,
): Promise<void> {
  await tx.db.insert(payments).values({
    id: tx.random.id(),
    orderId: order.id,
    provider: tx.payments.name,
    idempotencyKey: keyOf(order),
    state: 'starting',
    amountCents: order.totalCents,
    currency: order.currency,
    createdAt: tx.clock.now(),
    updatedAt: tx.clock.now(),
  });
}

/** Where an order is paid whose intent is known: a provider forgets its keys after a day, and would make another one. */
export async function findStarted(ctx: Context, orderId: string): Promise<StartedIntent['next'] | null> {
  const [payment] = await ctx.db
    .select({ next: payments.next })
    .from(payments)
    .where(eq(payments.orderId, orderId));
  return payment?.next ?? null;
}

/**
 * Asks the provider under a key that is committed before: a repeated call, even after a crash, finds the same intent.
 * Only for a payment without a known intent.
 */
export async function openPayment(
  ctx: Context,
  order: Pick<OrderRow, 'id' | 'locale' | 'totalCents' | 'currency'>,
): Promise<StartedIntent['next']> {
  const intent = await ctx.payments.createIntent({
    orderId: order.id,
    amountCents: order.totalCents,
    currency: order.currency,
    idempotencyKey: await currentKey(ctx, order),
    returnUrl: orderUrl(ctx, order),
    locale: order.locale,
  });
  await ctx.db
    .update(payments)
    .set({ intentId: intent.id, next: intent.next, state: 'requires-payment', updatedAt: ctx.clock.now() })
    .where(and(eq(payments.orderId, order.id), eq(payments.state, 'starting')));
  return intent.next;
}

/** A provider repeats its failure under the same key for a day. Nobody was given what an unanswered call made, so another may follow. */
const ATTEMPT_MS = 30 * 60_000;

async function currentKey(ctx: Context, order: { id: string }): Promise<string> {
  const [payment] = await ctx.db
    .select({ key: payments.idempotencyKey, createdAt: payments.createdAt })
    .from(payments)
    .where(eq(payments.orderId, order.id));
  if (!payment) throw new Error(`the order ${order.id} has no payment`);
  const attempt = Math.floor((ctx.clock.now().getTime() - payment.createdAt.getTime()) / ATTEMPT_MS);
  const key = attempt <= 0 ? payment.key : `${keyOf(order)}/${attempt}`;
  if (key === payment.key) return key;
  await ctx.db
    .update(payments)
    .set({ idempotencyKey: key })
    .where(and(eq(payments.orderId, order.id), eq(payments.state, 'starting')));
  return key;
}

function keyOf({ id }: { id: string }): string {
  return `order/${id}`;
}
