import { createHash } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { requireManager } from '#domain/accounts/require-manager.ts';
import { memberships, users } from '#domain/accounts/tables.ts';
import type { CreditPack } from '#platform/credit-settings.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { StartedIntent } from '#platform/payments/payments.ts';
import { BUSINESS_WAIVER } from './credit-order.ts';
import { hashToken } from './find-cart.ts';
import { findStarted, insertPayment, openPayment } from './open-payment.ts';
import { orderNumber } from './order-number.ts';
import { orderSecret } from './order-secret.ts';
import { orderLines, orders, payments } from './tables.ts';

export const startCreditCheckoutInput = z.object({
  /** Of one of the packs in the settings. */
  credits: z.int().min(1),
  /** What the buyer saw. */
  expectedCents: z.int().min(1),
  /** Of the page that asks: two clicks on it are one order. */
  attemptId: z.uuid(),
});

export type CreditCheckoutResult =
  | { outcome: 'started'; orderId: string; secret: string; next: StartedIntent['next'] }
  /** This very attempt was paid, or is on its way. */
  | { outcome: 'in-progress'; orderId: string; secret: string }
  | { outcome: 'price-changed' };

type OrderRow = typeof orders.$inferSelect;
type Buyer = { userId: string; organisationId: string };

/** Opens an order of one pack of credits for the actor's organisation. For its owner and managers; throws 'forbidden' for others. */
export async function startCreditCheckout(
  ctx: Context,
  input: z.input<typeof startCreditCheckoutInput>,
): Promise<CreditCheckoutResult> {
  const buyer = await requireManager(ctx);
  const { credits, expectedCents, attemptId } = parseInput(startCreditCheckoutInput, input);
  if (ctx.payments.name === 'none') {
    throw new DomainError('unavailable', { public: { key: 'platform.paymentsOff' } });
  }
  const pack = ctx.config.creditPacks.find((one) => one.credits === credits);
  if (pack?.priceCents !== expectedCents) return { outcome: 'price-changed' };
  const order = await inTransaction(ctx, (tx) => openOrder(tx, { buyer, pack, attemptId }));
  const { id: orderId } = order;
  const secret = orderSecret(ctx, orderId);
  if (order.state !== 'pending' && order.state !== 'failed') {
    return { outcome: 'in-progress', orderId, secret };
  }
  const next = (await findStarted(ctx, orderId)) ?? (await openPayment(ctx, order));
  return { outcome: 'started', orderId, secret, next };
}

interface Asked {
  buyer: Buyer;
  pack: CreditPack;
  attemptId: string;
}

async function openOrder(tx: Context, asked: Asked): Promise<OrderRow> {
  const { buyer } = asked;
  // Two clicks take turns: the second finds the first one's order.
  await tx.db
    .select({ id: memberships.id })
    .from(memberships)
    .where(and(eq(memberships.userId, buyer.userId), eq(memberships.organisationId, buyer.organisationId)))
    .for('update');
  const fingerprint = fingerprintOf(tx, asked);
  const [open] = await tx.db
    .select({ order: orders })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(
      and(
        eq(orders.userId, buyer.userId),
        eq(orders.kind, 'credits'),
        eq(orders.fingerprint, fingerprint),
        inArray(orders.state, ['pending', 'processing', 'failed', 'paid']),
        eq(payments.provider, tx.payments.name),
      ),
    );
  return open?.order ?? insertOrder(tx, asked, fingerprint);
}

function fingerprintOf(tx: Context, { buyer, pack, attemptId }: Asked): string {
  const content = JSON.stringify([buyer, pack, tx.config.creditCurrency, attemptId]);
  return createHash('sha256').update(content).digest('hex');
}

async function insertOrder(tx: Context, { buyer, pack }: Asked, fingerprint: string): Promise<OrderRow> {
  const [user] = await tx.db.select({ email: users.email }).from(users).where(eq(users.id, buyer.userId));
  if (!user) throw new DomainError('forbidden', { public: { key: 'accounts.signInFirst' } });
  const now = tx.clock.now();
  const id = tx.random.id();
  const [order] = await tx.db
    .insert(orders)
    .values({
      id,
      number: orderNumber(tx),
      kind: 'credits',
      fingerprint,
      userId: buyer.userId,
      email: user.email,
      locale: tx.locale,
      state: 'pending',
      totalCents: pack.priceCents,
      currency: tx.config.creditCurrency,
      secretHash: hashToken(orderSecret(tx, id)),
      waiverVersion: BUSINESS_WAIVER,
      waivedAt: now,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (!order) throw new Error('an order was not kept');
  await tx.db.insert(orderLines).values({
    id: tx.random.id(),
    orderId: id,
    kind: 'credits',
    fullCents: pack.priceCents,
    priceCents: pack.priceCents,
    credits: pack.credits,
    creditsFor: buyer.organisationId,
    position: 0,
  });
  await insertPayment(tx, order);
  return order;
}
