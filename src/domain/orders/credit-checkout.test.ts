import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Context, inTransaction, withActor } from '#context.ts';
import { memberships } from '#domain/accounts/tables.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { holdCredits } from '#domain/credits/hold-credits.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { DomainError } from '#platform/errors.ts';
import type { OrderPaymentEvent } from '#platform/payments/payment-event.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makeCredits, makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { deliverWaiting, intentOf, orderRow } from '../../../tests/shop.ts';
import { findFaults } from '../../cli/check-integrity.ts';
import { jobs } from '../../jobs.ts';
import { listOrderMovements } from '../ledger/list-order-movements.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { creditsDue } from './credit-order.ts';
import { refundLines } from './refund-lines.ts';
import { settleCredits } from './settle-credits.ts';
import { startCreditCheckout } from './start-credit-checkout.ts';
import { orderLines, orders } from './tables.ts';

const PACK = { credits: 500, expectedCents: 3900 };

async function makeBuyer(left = 0) {
  const base = await createTestContext();
  const { organisation, actor, user } = await makePro(base);
  await base.db.insert(creditBalances).values({ organisationId: organisation.id, credits: 0 });
  if (left > 0) await makeCredits(base, organisation.id, left);
  const ctx: TestContext = { ...base, actor };
  const attemptId = base.random.id();
  return { ctx, organisationId: organisation.id, userId: user.id, email: user.email, attemptId };
}

async function checkOut(ctx: TestContext, attemptId = ctx.random.id()) {
  const result = await startCreditCheckout(ctx, { ...PACK, attemptId });
  if (result.outcome !== 'started') throw new Error(result.outcome);
  return result;
}

async function buyCredits(ctx: TestContext) {
  const { orderId } = await checkOut(ctx);
  await applyPaymentEvent(ctx, { event: ctx.payments.settle(await intentOf(ctx, orderId), 'succeeded') });
  await deliverWaiting(ctx);
  return orderId;
}

async function use(ctx: Context, organisationId: string, credits: number) {
  const event = await makeEvent(ctx, { organisationId });
  const photo = await makePhoto(ctx, { eventId: event.id });
  await inTransaction(ctx, (tx) => holdCredits(tx, { organisationId, photoId: photo.id, credits }));
}

async function tell(ctx: TestContext, orderId: string, told: Partial<OrderPaymentEvent> & { kind: string }) {
  const intentId = await intentOf(ctx, orderId);
  const shared = { id: ctx.random.id(), intentId, orderId, occurredAt: ctx.clock.now(), currency: 'eur' };
  // The kinds of these tests, each with the fields that it needs.
  const event = { ...shared, amountCents: 3900, ...told } as OrderPaymentEvent;
  await applyPaymentEvent(ctx, { event });
  await settleCredits(ctx, { orderId });
}

async function refundOf(ctx: Context, orderId: string, amountCents: number) {
  const [line] = await ctx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
  const lines = [{ lineId: line?.id ?? '', amountCents }];
  return refundLines(ctx, { orderId, lines, cause: 'goodwill' });
}

const sumOfEntries = async (ctx: Context, organisationId: string) => {
  const entries = await ctx.db
    .select()
    .from(creditEntries)
    .where(eq(creditEntries.organisationId, organisationId));
  return entries.reduce((sum, entry) => sum + entry.credits, 0);
};

describe('buying credits', () => {
  test('a paid pack is added once, however often it is delivered, with a receipt', async () => {
    const { ctx, organisationId, email } = await makeBuyer(3);
    const orderId = await buyCredits(ctx);
    await Promise.all([settleCredits(ctx, { orderId }), settleCredits(ctx, { orderId })]);
    expect(await getCreditBalance(ctx)).toBe(503);
    expect(await sumOfEntries(ctx, organisationId)).toBe(503);
    expect(await orderRow(ctx, orderId)).toMatchObject({ kind: 'credits', email, totalCents: 3900 });
    const [mail] = ctx.mail.posted.filter(({ to }) => to === email);
    expect(mail?.text).toContain('500 crédits');
    expect(mail?.text).toContain('/fr/pro/credits');
  });

  test('PAY-08: two clicks on one page are one order, a click on another page is another', async () => {
    const { ctx, attemptId } = await makeBuyer();
    const [one, other] = await Promise.all([checkOut(ctx, attemptId), checkOut(ctx, attemptId)]);
    expect(other.orderId).toBe(one.orderId);
    expect(other.next).toEqual(one.next);
    expect((await checkOut(ctx)).orderId).not.toBe(one.orderId);
    await applyPaymentEvent(ctx, {
      event: ctx.payments.settle(await intentOf(ctx, one.orderId), 'succeeded'),
    });
    expect(await startCreditCheckout(ctx, { ...PACK, attemptId })).toMatchObject({ outcome: 'in-progress' });
  });

  test('PAY-09: a pack or a price that nobody offers opens no order', async () => {
    const { ctx, attemptId, userId } = await makeBuyer();
    for (const wrong of [{ credits: 501 }, { expectedCents: 1 }]) {
      const result = await startCreditCheckout(ctx, { ...PACK, ...wrong, attemptId });
      expect(result).toEqual({ outcome: 'price-changed' });
    }
    expect(await ctx.db.select().from(orders).where(eq(orders.userId, userId))).toEqual([]);
  });

  test('a photographer of an organisation, a runner and a visitor buy none', async () => {
    const { ctx, userId, attemptId } = await makeBuyer();
    await ctx.db.update(memberships).set({ role: 'photographer' }).where(eq(memberships.userId, userId));
    const runner = { kind: 'account' as const, userId, role: 'RUNNER' as const, organisationId: null };
    for (const actor of [ctx.actor, runner, { kind: 'anonymous' as const }]) {
      const asked = startCreditCheckout(withActor(ctx, actor), { ...PACK, attemptId });
      await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('a paid pack stands in the books as credits of its buyer, and nothing is wrong with them', async () => {
    const { ctx, organisationId } = await makeBuyer();
    const system = withActor(ctx, { kind: 'system', name: 'test' });
    const orderId = await buyCredits(ctx);
    await runJobs(ctx, jobs as never);
    const movements = await listOrderMovements(system, { orderId });
    const entries = movements.flatMap((movement) => movement.entries);
    const account = { kind: 'credits', owner: organisationId, currency: 'eur' };
    expect(entries.filter((entry) => entry.account.kind === 'credits')).toEqual([{ account, amount: -3900 }]);
    const faults = await findFaults(system);
    expect(faults.filter(({ subject }) => subject.includes(orderId))).toEqual([]);
  });

  test('a payment on its way adds nothing', async () => {
    const { ctx } = await makeBuyer();
    const { orderId } = await checkOut(ctx);
    await applyPaymentEvent(ctx, { event: ctx.payments.settle(await intentOf(ctx, orderId), 'processing') });
    expect(await settleCredits(ctx, { orderId })).toEqual({ usedUp: 0 });
    expect(await getCreditBalance(ctx)).toBe(0);
  });
});

describe('credits of a refunded or disputed order', () => {
  test('leave as far as they are unused, and the balance is never negative', async () => {
    const { ctx, organisationId } = await makeBuyer();
    const orderId = await buyCredits(ctx);
    await use(ctx, organisationId, 120);
    await tell(ctx, orderId, { kind: 'refunded', refundId: 'one', refundedCents: 1950 });
    expect(await getCreditBalance(ctx)).toBe(130);
    await tell(ctx, orderId, { kind: 'refunded', refundId: 'two', refundedCents: 1950 });
    expect(await getCreditBalance(ctx)).toBe(0);
    expect(await settleCredits(ctx, { orderId })).toEqual({ usedUp: 120 });
    expect(await sumOfEntries(ctx, organisationId)).toBe(0);
  });

  test('PAY-11: are refunded only while they are unused, and come back when the refund is refused', async () => {
    const { ctx, organisationId } = await makeBuyer();
    const orderId = await buyCredits(ctx);
    await use(ctx, organisationId, 120);
    const system = withActor(ctx, { kind: 'system', name: 'test' });
    const refund = (on: Context, amountCents: number) => refundOf(on, orderId, amountCents);
    const tooMuch = refund(system, 3900);
    await expect(tooMuch).rejects.toMatchObject({ code: 'conflict', public: { key: 'orders.creditsUsed' } });
    expect(await getCreditBalance(ctx)).toBe(380);
    const refuse = async () => {
      throw new DomainError('conflict', { public: { key: 'platform.paymentRefused' } });
    };
    const refusing = { ...system, payments: { ...ctx.payments, refund: refuse } };
    expect((await refund(refusing, 390)).state).toBe('failed');
    await settleCredits(ctx, { orderId });
    expect(await getCreditBalance(ctx)).toBe(380);
    // 380 of 500 credits are 29.64 €, and not a cent more.
    await expect(refund(system, 2965)).rejects.toMatchObject({ code: 'conflict' });
    expect((await refund(system, 2964)).state).toBe('succeeded');
    expect(await getCreditBalance(ctx)).toBe(0);
    expect(await sumOfEntries(ctx, organisationId)).toBe(0);
  });

  test('are held back while a dispute is open, and come back when it is won', async () => {
    const { ctx, organisationId } = await makeBuyer();
    const orderId = await buyCredits(ctx);
    await tell(ctx, orderId, { kind: 'dispute-opened', disputeId: 'bank' });
    expect(await getCreditBalance(ctx)).toBe(0);
    await tell(ctx, orderId, { kind: 'dispute-won', disputeId: 'bank' });
    expect(await getCreditBalance(ctx)).toBe(500);
    expect(await sumOfEntries(ctx, organisationId)).toBe(500);
  });

  test('DB-02: debits at the side of a refund never use a credit twice', async () => {
    const { ctx, organisationId } = await makeBuyer();
    const orderId = await buyCredits(ctx);
    const event = await makeEvent(ctx, { organisationId });
    const photos = await Promise.all(Array.from({ length: 40 }, () => makePhoto(ctx, { eventId: event.id })));
    const hold = (photoId: string) =>
      inTransaction(ctx, (tx) => holdCredits(tx, { organisationId, photoId, credits: 10 }));
    const refund = tell(ctx, orderId, { kind: 'refunded', refundId: 'all', refundedCents: 3900 });
    const outcomes = await Promise.all([...photos.map(({ id }) => hold(id)), refund]);
    const held = outcomes.filter((outcome) => outcome === 'held').length;
    expect((await settleCredits(ctx, { orderId })).usedUp).toBe(held * 10);
    expect(await getCreditBalance(ctx)).toBe(0);
    expect(await sumOfEntries(ctx, organisationId)).toBe(0);
  });

  test('are worth what the money that stays pays for, in whole credits', () => {
    const paid = { credits: 500, totalCents: 3900, refundedCents: 0, state: 'paid' as const };
    expect(creditsDue(paid)).toBe(500);
    expect(creditsDue({ ...paid, refundedCents: 1 })).toBe(499);
    expect(creditsDue({ ...paid, refundedCents: 3900, state: 'refunded' })).toBe(0);
    expect(creditsDue({ ...paid, state: 'disputed' })).toBe(0);
  });
});
