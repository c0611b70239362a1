import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { checkOut, deliverWaiting, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { applyPaymentEvent } from '../orders/apply-payment-event.ts';
import { sendRefund } from '../orders/send-refund.ts';
import { refunds } from '../orders/tables.ts';
import { findWithdrawalsFaults } from './find-withdrawals-faults.ts';
import { findWithdrawal } from './get-withdrawal.ts';
import { settleWithdrawal } from './settle-withdrawal.ts';
import { stateWithdrawal } from './state-withdrawal.ts';
import { withdrawals } from './tables.ts';
import { withdrawFromOrder } from './withdraw-from-order.ts';

const LONG_AGO = new Date('2026-01-01T08:00:00Z');

/** Two photos paid for; their delivery still waits in the queue. */
async function boughtPhotos(ctx: TestContext, outcome: 'succeeded' | 'processing' = 'succeeded') {
  const { event, photos } = await makeShop(ctx, { photos: 2, event: { startsAt: LONG_AGO } });
  const token = await fillCart(
    ctx,
    event.id,
    photos.map((photo) => photo.id),
  );
  const { orderId, secret } = await checkOut(ctx, token, `${event.id}@example.org`);
  const intentId = await intentOf(ctx, orderId);
  await applyPaymentEvent(ctx, { event: ctx.payments.settle(intentId, outcome) });
  const order = await orderRow(ctx, orderId);
  return { orderId, intentId, secret, order, by: { name: 'Léa Moreau', email: order.email } };
}

const refundsOf = (ctx: TestContext, orderId: string) =>
  ctx.db.select().from(refunds).where(eq(refunds.orderId, orderId));

describe('a withdrawal before delivery', () => {
  test('is acknowledged with its instant and content, refunded by itself, and closes the photos at once', async () => {
    const ctx = await createTestContext({ now: new Date('2026-11-23T09:15:42Z') });
    const { orderId, secret, order, by } = await boughtPhotos(ctx);
    expect((await findWithdrawal(ctx, { secret }))?.refundableCents).toBe(1_400);
    const taken = await withdrawFromOrder(ctx, { secret, ...by });
    expect(taken).toMatchObject({ outcome: 'refunded', endedBy: null });
    const [refund] = await refundsOf(ctx, orderId);
    expect(refund).toMatchObject({
      id: taken.refundId,
      amountCents: 1_400,
      cause: 'withdrawal',
      state: 'asked',
    });
    await sendRefund(ctx, { refundId: taken.refundId ?? '' });
    expect((await orderRow(ctx, orderId)).state).toBe('refunded');
    const [mail] = ctx.mail.posted.filter((one) => one.kind === 'withdrawal');
    expect(mail?.to).toBe(order.email);
    for (const said of [
      '23 novembre 2026',
      '10:15:42, heure de Paris',
      order.number,
      'Léa Moreau',
      order.email,
      '14,00',
    ]) {
      expect(mail?.text).toContain(said);
    }
    const again = await withdrawFromOrder(ctx, { secret, ...by });
    expect(again).toMatchObject({ outcome: 'right-ended', endedBy: 'already-refunded', refundId: null });
    expect(await refundsOf(ctx, orderId)).toHaveLength(1);
  });

  test('of a payment still on its way is refunded when it arrives, once, also when it was delivered meanwhile or first refused', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId, secret, by } = await boughtPhotos(ctx, 'processing');
    expect(await withdrawFromOrder(ctx, { secret, ...by })).toMatchObject({
      outcome: 'refunded',
      refundId: null,
    });
    await settleWithdrawal(ctx, { orderId });
    expect(await refundsOf(ctx, orderId)).toHaveLength(0);
    await applyPaymentEvent(ctx, { event: ctx.payments.settle(intentId, 'succeeded') });
    await deliverWaiting(ctx);
    const moved = { ...ctx, payments: { ...ctx.payments, name: 'stripe' as const } };
    await settleWithdrawal(moved, { orderId });
    expect(await refundsOf(ctx, orderId)).toHaveLength(0);
    await settleWithdrawal(ctx, { orderId });
    await settleWithdrawal(ctx, { orderId });
    expect((await refundsOf(ctx, orderId)).map((refund) => refund.amountCents)).toEqual([1_400]);
  });
});

test('after delivery is acknowledged all the same, with the reason why nothing is paid back', async () => {
  const ctx = await createTestContext();
  const { orderId, secret, order } = await boughtPhotos(ctx);
  await deliverWaiting(ctx);
  const other = 'somebody@example.org';
  const taken = await withdrawFromOrder(ctx, { secret, name: 'Léa', email: other });
  expect(taken).toMatchObject({ outcome: 'right-ended', endedBy: 'waived-and-available' });
  expect(await refundsOf(ctx, orderId)).toHaveLength(0);
  const mails = ctx.mail.posted.filter((one) => one.kind === 'withdrawal');
  expect(mails.map((mail) => mail.to)).toEqual([other, order.email]);
  expect(mails[0]?.text).toContain('L. 221-28, 13°');
  // The link is the key of the order: an address that was only typed is not sent it.
  expect(mails.map((mail) => mail.text.includes('/orders/'))).toEqual([false, true]);
  expect((await findWithdrawal(ctx, { secret }))?.statements).toHaveLength(1);
});

test('is taken down and acknowledged also when its refund is refused, and a person is called', async () => {
  const ctx = await createTestContext();
  const { orderId, secret, by } = await boughtPhotos(ctx);
  const moved = { ...ctx, payments: { ...ctx.payments, name: 'stripe' as const } };
  const taken = await withdrawFromOrder(moved, { secret, ...by });
  expect(taken).toMatchObject({ outcome: 'refunded', refundId: null });
  expect(ctx.mail.posted.map((mail) => mail.kind)).toContain('withdrawal');
  ctx.clock.advance(2 * 3600);
  const faults = await findWithdrawalsFaults(withActor(ctx, { kind: 'system', name: 'integrity' }));
  expect(faults.filter(({ subject }) => subject === taken.id).map(({ rule }) => rule)).toEqual([
    'withdrawal-is-paid-back',
  ]);
  expect(await refundsOf(ctx, orderId)).toHaveLength(0);
});

describe('a withdrawal by number and address', () => {
  test('answers the same for a known pair, a wrong number and a stranger, and only the mail tells', async () => {
    const ctx = await createTestContext();
    const { orderId, order } = await boughtPhotos(ctx);
    const { order: other } = await boughtPhotos(ctx);
    const ask = (orderNumber: string, email: string) =>
      stateWithdrawal(ctx, { orderNumber, email, name: 'Léa', client: '192.0.2.1' });
    const answers = [
      await ask(order.number.toLowerCase(), ` ${order.email.toUpperCase()} `),
      await ask(order.number, other.email),
      await ask(order.number, 'stranger@example.org'),
    ];
    expect(answers).toEqual(answers.map(() => ({ receivedAt: ctx.clock.now() })));
    const told = ctx.mail.posted.filter((mail) => mail.kind.startsWith('withdrawal'));
    expect(told.map((mail) => [mail.kind, mail.to])).toEqual([
      ['withdrawal', order.email],
      ['withdrawal-unmatched', other.email],
    ]);
    const stated = await ctx.db.select().from(withdrawals).where(eq(withdrawals.orderId, orderId));
    expect(stated).toMatchObject([{ outcome: 'refunded', name: 'Léa' }]);
  });

  test('is bounded for an address, whether it is known or not', async () => {
    const ctx = await createTestContext();
    const ask = () =>
      stateWithdrawal(ctx, { orderNumber: 'FR-2026-XXXX', email: 'often@example.org', name: 'Léa' });
    for (let index = 0; index < 5; index += 1) await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'rate-limited' });
  });
});
