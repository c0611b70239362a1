import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Context } from '#context.ts';
import { applyPaymentEvent } from '#domain/orders/apply-payment-event.ts';
import { findOrdersFaults } from '#domain/orders/find-orders-faults.ts';
import { refundLines } from '#domain/orders/refund-lines.ts';
import { orderLines, orders, payments, refunds } from '#domain/orders/tables.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { makePaidOrder } from '../../../tests/shop.ts';
import { applyDisputeEvent } from './apply-dispute-event.ts';
import { findDisputesFaults } from './find-disputes-faults.ts';
import { disputes } from './tables.ts';

async function soldOrder() {
  const ctx = await createTestContext({ actor: { kind: 'system', name: 'test' } });
  const order = await makePaidOrder(ctx, {
    prices: [700, 500],
    pay: async ({ id }) => [ctx.payments.settle(id, 'succeeded')],
  });
  const deliveredAt = ctx.clock.now();
  await ctx.db.update(orders).set({ deliveredAt }).where(eq(orders.id, order.orderId));
  const [first = '', second = ''] = order.lineIds;
  return { ctx, ...order, first, second };
}

/** Of this order alone: the database is the whole file's. */
async function rulesOf(ctx: Context, ...subjects: string[]): Promise<string[]> {
  const found = [...(await findOrdersFaults(ctx)), ...(await findDisputesFaults(ctx))];
  return found.filter((fault) => subjects.includes(fault.subject)).map((fault) => fault.rule);
}

test('a sale, its part refund and its dispute contradict nothing', async () => {
  const { ctx, orderId, intentId, first } = await soldOrder();
  const lines = [{ lineId: first, amountCents: 300 }];
  await refundLines(ctx, { orderId, lines, cause: 'goodwill' });
  ctx.clock.advance(3600);
  expect(await rulesOf(ctx, orderId)).toEqual([]);
  const id = `dp_${orderId}`;
  const money = { orderId: null, intentId, disputeId: id, amountCents: 1_200, currency: 'eur' };
  const event = { ...money, id, kind: 'dispute-opened' as const, occurredAt: ctx.clock.now() };
  await applyPaymentEvent(ctx, { event });
  await applyDisputeEvent(ctx, { event });
  ctx.clock.advance(3600);
  expect(await rulesOf(ctx, orderId, id)).toEqual([]);
});

test('each contradiction is told by its rule', async () => {
  const { ctx, orderId, first } = await soldOrder();
  const { id: refundId } = await askedRefund(ctx, orderId);
  const set = (values: Partial<typeof orders.$inferInsert>) =>
    ctx.db.update(orders).set(values).where(eq(orders.id, orderId));
  expect(await rulesOf(ctx, orderId)).toEqual(['refunds-make-the-order', 'parts-make-the-refund']);
  ctx.clock.advance(3600);
  expect(await rulesOf(ctx, orderId)).toContain('refund-ends');
  await ctx.db.delete(refunds).where(eq(refunds.id, refundId));
  await set({ deliveredAt: null });
  expect(await rulesOf(ctx, orderId)).toEqual(['delivered-or-refunded']);
  await set({ deliveredAt: new Date(0), state: 'disputed' });
  expect(await rulesOf(ctx, orderId)).toEqual(['frozen-is-disputed']);
  await set({ state: 'refunded' });
  expect(await rulesOf(ctx, orderId)).toEqual(['refunds-make-the-order']);
  await set({ state: 'paid' });
  await ctx.db.update(orderLines).set({ refundedCents: 800 }).where(eq(orderLines.id, first));
  expect(await rulesOf(ctx, orderId)).toEqual(['lines-make-the-order', 'refunds-make-the-order']);
  await ctx.db.update(orderLines).set({ refundedCents: 0 }).where(eq(orderLines.id, first));
  await ctx.db.update(payments).set({ state: 'processing' }).where(eq(payments.orderId, orderId));
  expect(await rulesOf(ctx, orderId)).toEqual(['paid-is-charged-once']);
  const late = { state: 'needs-response' as const, respondBy: new Date(0), openedAt: new Date(0) };
  const money = { amountCents: 1, currency: 'eur', reason: 'general', updatedAt: new Date(0) };
  await ctx.db.insert(disputes).values({ id: `dp_${orderId}`, ...late, ...money });
  expect(await rulesOf(ctx, `dp_${orderId}`)).toEqual(['dispute-has-order', 'dispute-is-answered']);
});

async function askedRefund(ctx: Context, orderId: string) {
  const at = ctx.clock.now();
  const money = { amountCents: 100, currency: 'eur', cause: 'goodwill' as const };
  const id = ctx.random.id();
  const row = { id, orderId, ...money, idempotencyKey: id, state: 'asked' as const };
  await ctx.db.insert(refunds).values({ ...row, createdAt: at, updatedAt: at });
  return { id };
}
