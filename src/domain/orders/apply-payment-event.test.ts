import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { DomainError } from '#platform/errors.ts';
import type { OrderPaymentEvent } from '#platform/payments/payment-event.ts';
import { makeAdmin, makeOrder, makePayment } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import {
  buy,
  checkOut,
  deliverWaiting,
  fillCart,
  intentOf,
  makeShop,
  makeSoldPhoto,
  orderRow,
} from '../../../tests/shop.ts';
import { photos as photoTable } from '../photos/tables.ts';
import { addToCart } from './add-to-cart.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { deliverOrder } from './deliver-order.ts';
import { getCart } from './get-cart.ts';
import { reconcilePaymentsJob, sendRefundJob } from './jobs.ts';
import { joinLatePhotos } from './join-late-photos.ts';
import { listSetAsideEvents } from './list-orders.ts';
import { reconcilePayments } from './reconcile-payments.ts';
import { findRightToPhotos } from './right-to-photos.ts';
import { orderLines, orderPhotos, paymentEvents } from './tables.ts';
import { tellFailedPayment } from './tell-failed-payment.ts';

async function orderOfOnePhoto(ctx: TestContext) {
  const { event, photos } = await makeShop(ctx);
  const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
  const { orderId } = await checkOut(ctx, token);
  return { orderId, token, event, photos, intentId: await intentOf(ctx, orderId) };
}

type Kind = OrderPaymentEvent['kind'];

function noticeOf(ctx: TestContext, kind: Kind, to: { orderId: string; intentId: string }, minute = 0) {
  const occurredAt = new Date(ctx.clock.now().getTime() + minute * 60_000);
  const shared = { id: ctx.random.id(), ...to, occurredAt, currency: 'eur' };
  if (kind === 'refunded') return { ...shared, kind, refundId: `re_${to.orderId}`, refundedCents: 700 };
  if (kind === 'dispute-opened' || kind === 'dispute-won' || kind === 'dispute-lost') {
    return { ...shared, kind, disputeId: 'dp_1', amountCents: 700 };
  }
  return { ...shared, kind, amountCents: 700 };
}

describe('payment notices', () => {
  test('the same notice twenty times at once pays once, delivers once and mails once', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId } = await orderOfOnePhoto(ctx);
    const event = noticeOf(ctx, 'succeeded', { orderId, intentId });
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => applyPaymentEvent(ctx, { event })));
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-received')).toHaveLength(19);
    expect(await deliverWaiting(ctx)).toBe(1);
    await deliverOrder(ctx, { orderId });
    expect(ctx.mail.posted.map((mail) => mail.kind)).toEqual(['order-ready']);
  });

  test('two different notices of one success pay once', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId } = await orderOfOnePhoto(ctx);
    const outcomes = [];
    for (let index = 0; index < 2; index += 1) {
      const event = noticeOf(ctx, 'succeeded', { orderId, intentId });
      outcomes.push(await applyPaymentEvent(ctx, { event }));
    }
    expect(outcomes).toEqual(['applied', 'no-change']);
    expect(await deliverWaiting(ctx)).toBe(1);
  });

  test('210 random arrivals of the same notices all end in the state of their set', {
    timeout: 120_000,
  }, async () => {
    const ctx = await createTestContext();
    const random = seeded(20_261_123);
    const all: Kind[] = ['processing', 'succeeded', 'failed', 'refunded', 'dispute-opened', 'dispute-won'];
    const sets: [Kind[], string][] = [
      [all, 'refunded'],
      [['processing', 'succeeded', 'failed', 'cancelled'], 'paid'],
      [['processing', 'succeeded', 'failed', 'dispute-opened'], 'disputed'],
      [['processing', 'succeeded', 'dispute-opened', 'dispute-won'], 'paid'],
      [['processing', 'failed', 'cancelled'], 'cancelled'],
      [['processing', 'failed'], 'failed'],
    ];
    for (let round = 0; round < 210; round += 1) {
      const [kinds, state] = sets[round % sets.length] ?? [[], ''];
      const { id: orderId } = await makeOrder(ctx, { totalCents: 700 });
      const intentId = ctx.random.id();
      await makePayment(ctx, { orderId, intentId, amountCents: 700 });
      const to = { orderId, intentId };
      const notices = kinds.map((kind, minute) => noticeOf(ctx, kind, to, minute));
      for (const event of shuffle(notices, random)) await applyPaymentEvent(ctx, { event });
      expect((await orderRow(ctx, orderId)).state, kinds.join()).toBe(state);
    }
  });

  test('a late failure does not undo a paid order', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId } = await orderOfOnePhoto(ctx);
    await applyPaymentEvent(ctx, { event: noticeOf(ctx, 'succeeded', { orderId, intentId }) });
    await applyPaymentEvent(ctx, { event: noticeOf(ctx, 'failed', { orderId, intentId }, 5) });
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
  });

  test('another amount, another currency or an unknown order is set aside and pays nothing', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId } = await orderOfOnePhoto(ctx);
    const right = {
      ...noticeOf(ctx, 'succeeded', { orderId, intentId }),
      kind: 'succeeded' as const,
      amountCents: 700,
    };
    const odd = [
      { ...right, id: ctx.random.id(), amountCents: 699 },
      { ...right, id: ctx.random.id(), currency: 'usd' },
      { ...right, id: ctx.random.id(), orderId: ctx.random.id() },
      { ...right, id: ctx.random.id(), orderId: "1' or '1'='1", intentId: 'pi_unknown' },
    ];
    const outcomes = [];
    for (const event of odd) outcomes.push(await applyPaymentEvent(ctx, { event }));
    expect(outcomes).toEqual(['amount-differs', 'amount-differs', 'unknown-order', 'unknown-order']);
    expect((await orderRow(ctx, orderId)).state).toBe('pending');
    const kept = await ctx.db.select().from(paymentEvents).where(eq(paymentEvents.orderId, orderId));
    expect(kept.map((notice) => notice.outcome)).toEqual(['amount-differs', 'amount-differs']);
    expect(ctx.queue.named('deliver-order')).toEqual([]);
    const { actor } = await makeAdmin(ctx);
    const shown = await listSetAsideEvents({ ...ctx, actor }, { limit: 10 });
    expect(new Set(shown.map((notice) => notice.id))).toEqual(new Set(odd.map((event) => event.id)));
    await expect(listSetAsideEvents(ctx, { limit: 10 })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('a notice that is faster than the provider’s answer still finds its order', async () => {
    const ctx = await createTestContext();
    const { event: sold, photos } = await makeShop(ctx);
    const token = await fillCart(ctx, sold.id, [photos[0]?.id ?? '']);
    const failing = { ...ctx.payments, createIntent: () => Promise.reject(new Error('cut')) };
    await expect(checkOut({ ...ctx, payments: failing }, token)).rejects.toThrow('cut');
    const [line] = await ctx.db.select().from(orderLines).where(eq(orderLines.eventId, sold.id));
    const orderId = line?.orderId ?? '';
    const event = noticeOf(ctx, 'succeeded', { orderId, intentId: 'pi_not_stored_yet' });
    expect(await applyPaymentEvent(ctx, { event })).toBe('applied');
  });

  test('what was bought leaves the cart, what was added since stays', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId, token, event, photos } = await orderOfOnePhoto(ctx);
    await addToCart(ctx, { token, kind: 'photo', eventId: event.id, photoId: photos[1]?.id ?? '' });
    await applyPaymentEvent(ctx, { event: noticeOf(ctx, 'succeeded', { orderId, intentId }) });
    const left = (await getCart(ctx, { token })).groups.flatMap((group) => group.lines);
    expect(left.map((line) => line.photoId)).toEqual([photos[1]?.id]);
  });

  test('a refused payment is told of later, and not at all when another try went through', async () => {
    const ctx = await createTestContext();
    const lost = await orderOfOnePhoto(ctx);
    const saved = await orderOfOnePhoto(ctx);
    for (const to of [lost, saved]) await applyPaymentEvent(ctx, { event: noticeOf(ctx, 'failed', to) });
    await applyPaymentEvent(ctx, { event: noticeOf(ctx, 'succeeded', saved, 1) });
    expect(ctx.queue.named('tell-failed-payment')).toHaveLength(2);
    await tellFailedPayment(ctx, { orderId: lost.orderId });
    await tellFailedPayment(ctx, { orderId: saved.orderId });
    expect(ctx.mail.posted.map((mail) => mail.uniqueKey)).toEqual([`order/${lost.orderId}/failed`]);
  });
});

describe('reconciliation', () => {
  test('PAY-07: a payment whose notice never comes is found and delivered within a quarter of an hour', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId } = await orderOfOnePhoto(ctx);
    ctx.payments.settle(intentId, 'succeeded');
    await reconcilePayments(ctx);
    expect((await orderRow(ctx, orderId)).state).toBe('pending');
    expect(reconcilePaymentsJob.schedule).toBe('*/5 * * * *');
    ctx.clock.advance(5 * 60);
    await reconcilePayments(ctx);
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
    expect(await deliverWaiting(ctx)).toBe(1);
  });

  test('an abandoned order is closed after a day, and a payment later than that still counts', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId } = await orderOfOnePhoto(ctx);
    ctx.clock.advance(25 * 3600);
    await reconcilePayments(ctx);
    expect((await orderRow(ctx, orderId)).state).toBe('cancelled');
    expect(ctx.payments.intents.get(intentId)?.state).toBe('cancelled');
    await applyPaymentEvent(ctx, { event: ctx.payments.settle(intentId, 'succeeded') });
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
  });

  test.each(['notice', 'reconciliation'])(
    'a bank debit refused after five days, told by %s, is mailed and stays payable for a day',
    async (told) => {
      const ctx = await createTestContext();
      const { orderId, intentId } = await orderOfOnePhoto(ctx);
      await applyPaymentEvent(ctx, { event: ctx.payments.settle(intentId, 'processing') });
      ctx.clock.advance(5 * 24 * 3600);
      const refused = ctx.payments.settle(intentId, 'failed');
      if (told === 'notice') await applyPaymentEvent(ctx, { event: refused });
      for (let round = 0; round < 3; round += 1) {
        ctx.clock.advance(5 * 60);
        await reconcilePayments(ctx);
      }
      expect((await orderRow(ctx, orderId)).state).toBe('failed');
      await tellFailedPayment(ctx, { orderId });
      expect(ctx.mail.posted.map((mail) => mail.uniqueKey)).toEqual([`order/${orderId}/failed`]);
      ctx.clock.advance(25 * 3600);
      await reconcilePayments(ctx);
      expect((await orderRow(ctx, orderId)).state).toBe('cancelled');
    },
  );

  test('an order paid at the very moment it is given up is paid', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId } = await orderOfOnePhoto(ctx);
    ctx.clock.advance(25 * 3600);
    const late = new DomainError('conflict', { public: { key: 'platform.paymentRefused' } });
    const cancelIntent = async () => {
      ctx.payments.settle(intentId, 'succeeded');
      throw late;
    };
    await reconcilePayments({ ...ctx, payments: { ...ctx.payments, cancelIntent } });
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
  });
});

describe('delivery', () => {
  test('the mail repeats both statements before the link, in the buyer’s language', async () => {
    for (const locale of ['fr', 'en'] as const) {
      const ctx = await createTestContext({ locale });
      const { event, photos } = await makeShop(ctx);
      const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
      const { secret } = await buy(ctx, token);
      const [mail] = ctx.mail.posted;
      const link = `/${locale}/orders/${secret}`;
      const word = locale === 'fr' ? 'droit de rétractation' : 'right of withdrawal';
      for (const body of [mail?.text ?? '', mail?.html ?? '']) {
        expect(body.indexOf(word)).toBeGreaterThan(0);
        expect(body.indexOf(link)).toBeGreaterThan(body.indexOf(word));
      }
    }
  });

  test('all-photos gives what is published, and late photos join without charge', async () => {
    const ctx = await createTestContext();
    const { event } = await makeShop(ctx, { photos: 2 });
    const { token } = await addToCart(ctx, {
      token: null,
      kind: 'all-photos',
      eventId: event.id,
      bib: '1274',
    });
    const { orderId } = await buy(ctx, token ?? '');
    const granted = () => ctx.db.$count(orderPhotos, eq(orderPhotos.orderId, orderId));
    expect(await granted()).toBe(2);
    await makeSoldPhoto(ctx, event.id, 3);
    expect(await joinLatePhotos(ctx)).toBe(1);
    expect(await joinLatePhotos(ctx)).toBe(0);
    await makeSoldPhoto(ctx, event.id, 4);
    await joinLatePhotos(ctx);
    expect(await granted()).toBe(4);
  });

  test('a photo hidden between payment and delivery is delivered: it is paid', async () => {
    const ctx = await createTestContext();
    const { orderId, intentId, photos } = await orderOfOnePhoto(ctx);
    await ctx.db
      .update(photoTable)
      .set({ hiddenAt: ctx.clock.now() })
      .where(eq(photoTable.id, photos[0]?.id ?? ''));
    await applyPaymentEvent(ctx, { event: noticeOf(ctx, 'succeeded', { orderId, intentId }) });
    await deliverWaiting(ctx);
    expect(await ctx.db.$count(orderPhotos, eq(orderPhotos.orderId, orderId))).toBe(1);
  });

  test('PAY-10: a photo gone between payment and delivery is refunded by itself, and the mail says so', async () => {
    const ctx = await createTestContext();
    const { event, photos } = await makeShop(ctx, { photos: 3 });
    const token = await fillCart(
      ctx,
      event.id,
      photos.slice(0, 2).map((photo) => photo.id),
    );
    const { orderId } = await checkOut(ctx, token);
    await applyPaymentEvent(ctx, {
      event: ctx.payments.settle(await intentOf(ctx, orderId), 'succeeded'),
    });
    await ctx.storage.remove([photos[0]?.originalKey ?? '']);
    await deliverWaiting(ctx);
    expect(ctx.queue.named('send-refund')).toEqual([]);
    ctx.clock.advance(6 * 3600);
    await deliverOrder(ctx, { orderId });
    await deliverOrder(ctx, { orderId });
    const [asked, ...more] = ctx.queue.named('send-refund');
    expect(more).toEqual([]);
    const attempt = { attempt: 1, maxAttempts: 1, jobId: '1', signal: new AbortController().signal };
    await sendRefundJob.run(ctx, sendRefundJob.parse(asked?.data), attempt);
    expect(await orderRow(ctx, orderId)).toMatchObject({ state: 'paid', refundedCents: 700 });
    const right = await findRightToPhotos(ctx, { orderId });
    expect([...right.keys()]).toEqual([photos[1]?.id]);
    const mails = ctx.mail.posted.map((mail) => [mail.kind, mail.text.includes('plus disponible')]);
    expect(mails).toEqual([
      ['order-ready', false],
      ['order-refunded', true],
    ]);
  });

  test('an order that is not paid is given nothing', async () => {
    const ctx = await createTestContext();
    const { orderId } = await orderOfOnePhoto(ctx);
    await deliverOrder(ctx, { orderId });
    expect(await ctx.db.$count(orderPhotos, eq(orderPhotos.orderId, orderId))).toBe(0);
    expect(ctx.mail.posted).toEqual([]);
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function shuffle<Value>(values: Value[], random: () => number): Value[] {
  return values
    .map((value) => ({ value, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ value }) => value);
}
