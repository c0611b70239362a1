import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import type { PaymentEvent } from '#platform/payments/payment-event.ts';
import {
  type OpenedPayments,
  openOnStripe,
  openOnTestProvider,
} from '../../../tests/doubles/opened-payments.ts';
import { makeEvent, makeOrderLine, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { makePaidOrder, orderRow } from '../../../tests/shop.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { listEventSales } from './list-event-sales.ts';
import { refundLines } from './refund-lines.ts';
import { findRightToPhotos } from './right-to-photos.ts';
import { sweepRefunds } from './sweep-refunds.ts';
import { orderLines, refunds } from './tables.ts';

const system = { kind: 'system', name: 'test' } as const;

/** A paid order of photos at 7, 5 and 3 euros; the memory double is the provider unless another is given. */
async function paidOrder(opened?: OpenedPayments) {
  const memory = await createTestContext({ actor: system });
  const ctx: Context = opened ? { ...memory, payments: opened.provider } : memory;
  const order = await makePaidOrder(ctx, {
    prices: [700, 500, 300],
    pay: async (intent) => {
      if (!opened) return [memory.payments.settle(intent.id, 'succeeded')];
      await opened.pay(intent, 'succeed');
      return opened.notices();
    },
  });
  const [first = '', second = '', third = ''] = order.lineIds;
  return { ctx, memory, ...order, first, second, third };
}

async function refundedOf(ctx: Context, orderId: string): Promise<number[]> {
  const lines = await ctx.db
    .select({ cents: orderLines.refundedCents })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.position));
  return lines.map((line) => line.cents);
}

async function statesOf(ctx: Context, orderId: string) {
  const rows = await ctx.db.select().from(refunds).where(eq(refunds.orderId, orderId));
  return rows.map((refund) => [refund.state, refund.amountCents]);
}

function told(
  ctx: Context,
  kind: 'refunded' | 'refund-failed',
  refundId: string,
  cents: number,
  intentId: string,
) {
  const shared = { id: ctx.random.id(), occurredAt: ctx.clock.now(), currency: 'eur', refundId, intentId };
  const event: PaymentEvent =
    kind === 'refunded'
      ? { ...shared, kind, orderId: null, refundedCents: cents }
      : { ...shared, kind, amountCents: cents, reason: null };
  return applyPaymentEvent(ctx, { event });
}

function disputed(
  ctx: Context,
  kind: 'dispute-opened' | 'dispute-lost' | 'dispute-won',
  of: { orderId: string; intentId: string; amountCents: number },
) {
  const shared = { id: ctx.random.id(), occurredAt: ctx.clock.now(), currency: 'eur' };
  return applyPaymentEvent(ctx, { event: { ...shared, kind, disputeId: `dp_${of.orderId}`, ...of } });
}

/** A process that dies between the provider's answer and the commit of it. */
function cutAfter(ctx: Context): Context {
  const refund: Context['payments']['refund'] = async (input) => {
    await ctx.payments.refund(input);
    throw new Error('killed');
  };
  return { ...ctx, payments: { ...ctx.payments, refund } };
}

const providers = [
  ['the test provider', openOnTestProvider],
  ['Stripe', openOnStripe],
] as const;

describe.each(providers)('with %s', (_, open) => {
  test('PAY-11: a full refund once, three partial ones and no fourth, never more than was paid', async () => {
    const { database } = await createTestContext();
    const opened = await open(database);
    try {
      const full = await paidOrder(opened);
      await refundLines(full.ctx, { orderId: full.orderId, lines: 'all', cause: 'goodwill' });
      for (const event of await opened.notices()) await applyPaymentEvent(full.ctx, { event });
      expect(await orderRow(full.memory, full.orderId)).toMatchObject({
        state: 'refunded',
        refundedCents: 1_500,
      });
      const again = refundLines(full.ctx, { orderId: full.orderId, lines: 'all', cause: 'goodwill' });
      await expect(again).rejects.toMatchObject({ code: 'conflict' });

      const { ctx, memory, orderId, intentId, first, second, third } = await paidOrder(opened);
      const give = (lineId: string, amountCents: number) =>
        refundLines(ctx, { orderId, lines: [{ lineId, amountCents }], cause: 'goodwill' });
      await expect(give(first, 701)).rejects.toMatchObject({ code: 'conflict' });
      expect(await give(first, 700)).toMatchObject({ amountCents: 700, state: 'succeeded' });
      expect(await give(second, 200)).toMatchObject({ state: 'succeeded' });
      expect(await give(second, 300)).toMatchObject({ state: 'succeeded' });
      await expect(give(first, 1)).rejects.toMatchObject({ code: 'conflict' });
      for (const event of await opened.notices()) await applyPaymentEvent(ctx, { event });
      expect(await orderRow(memory, orderId)).toMatchObject({ state: 'paid', refundedCents: 1_200 });
      expect(await refundedOf(ctx, orderId)).toEqual([700, 500, 0]);
      expect((await ctx.payments.getIntent(intentId)).refundedCents).toBe(1_200);
      const right = await findRightToPhotos(ctx, { orderId });
      expect(right.size).toBe(1);
      await give(third, 300);
      expect((await orderRow(memory, orderId)).state).toBe('refunded');
    } finally {
      await opened.close();
    }
  });
});

describe('a refund', () => {
  test('asked for twice at once leaves once', async () => {
    const { ctx, memory, orderId, first } = await paidOrder();
    const ask = () =>
      refundLines(ctx, { orderId, lines: [{ lineId: first, amountCents: 400 }], cause: 'goodwill' });
    const both = await Promise.allSettled([ask(), ask()]);
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(memory.payments.refunds.size).toBe(1);
    expect(await refundedOf(ctx, orderId)).toEqual([400, 0, 0]);
  });

  test('whose answer is lost is asked for again under the same key, and its notice makes no second one', async () => {
    const { ctx, memory, orderId, intentId } = await paidOrder();
    await expect(refundLines(cutAfter(ctx), { orderId, lines: 'all', cause: 'goodwill' })).rejects.toThrow(
      'killed',
    );
    const [made] = [...memory.payments.refunds.values()];
    await told(ctx, 'refunded', made?.refundId ?? '', 1_500, intentId);
    expect(await statesOf(ctx, orderId)).toEqual([['asked', 1_500]]);
    memory.clock.advance(3 * 60);
    expect(await sweepRefunds(ctx)).toBeGreaterThan(0);
    expect(await statesOf(ctx, orderId)).toEqual([['succeeded', 1_500]]);
    expect(memory.payments.refunds.size).toBe(1);
    expect(await refundedOf(ctx, orderId)).toEqual([700, 500, 300]);
    expect(memory.mail.posted.filter((mail) => mail.kind === 'order-refunded')).toHaveLength(1);
  });

  test('whose key the provider may have forgotten is not sent again', async () => {
    const { ctx, memory, orderId } = await paidOrder();
    const down: Context = {
      ...ctx,
      payments: {
        ...ctx.payments,
        refund: () =>
          Promise.reject(new DomainError('unavailable', { public: { key: 'platform.paymentsUnanswered' } })),
      },
    };
    const asked = await refundLines(down, { orderId, lines: 'all', cause: 'goodwill' });
    expect(asked.state).toBe('asked');
    memory.clock.advance(21 * 3600);
    await sweepRefunds(ctx);
    expect(memory.payments.refunds.size).toBe(0);
    expect(await statesOf(ctx, orderId)).toEqual([['failed', 1_500]]);
    expect(await refundedOf(ctx, orderId)).toEqual([0, 0, 0]);
  });

  test.each(['succeeded', 'failed'] as const)(
    'that is on its way is in the books at once, and ends as %s though its notice is lost',
    async (ends) => {
      const { ctx, memory, orderId, first } = await paidOrder();
      let state: 'pending' | typeof ends = 'pending';
      const slow = {
        refund: async (input: Parameters<Context['payments']['refund']>[0]) => ({
          ...(await ctx.payments.refund(input)),
          state,
        }),
        getRefund: async () => ({ state }),
      };
      const bank: Context = { ...ctx, payments: { ...ctx.payments, ...slow } };
      const lines = [{ lineId: first, amountCents: 700 }];
      memory.queue.jobs.splice(0);
      const asked = await refundLines(bank, { orderId, lines, cause: 'goodwill' });
      expect(asked.state).toBe('pending');
      // Once when it was asked for, once when it left.
      expect(memory.queue.named('settle-order')).toHaveLength(2);
      memory.clock.advance(2 * 3600);
      await sweepRefunds(bank);
      expect(await statesOf(ctx, orderId)).toEqual([['pending', 700]]);
      state = ends;
      await sweepRefunds(bank);
      expect(await statesOf(ctx, orderId)).toEqual([['pending', 700]]);
      memory.clock.advance(2 * 3600);
      await sweepRefunds(bank);
      expect(await statesOf(ctx, orderId)).toEqual([[ends, 700]]);
      const left = ends === 'succeeded' ? 700 : 0;
      expect(await orderRow(memory, orderId)).toMatchObject({ state: 'paid', refundedCents: left });
      expect(await refundedOf(ctx, orderId)).toEqual([left, 0, 0]);
    },
  );

  test('whose answer was lost for so long is believed once its notice comes', async () => {
    const { ctx, memory, orderId, intentId, first } = await paidOrder();
    const lines = [{ lineId: first, amountCents: 600 }];
    await expect(refundLines(cutAfter(ctx), { orderId, lines, cause: 'goodwill' })).rejects.toThrow('killed');
    memory.clock.advance(21 * 3600);
    await sweepRefunds(ctx);
    expect(await statesOf(ctx, orderId)).toEqual([['asked', 600]]);
    const [made] = [...memory.payments.refunds.values()];
    await told(ctx, 'refunded', made?.refundId ?? '', 600, intentId);
    memory.clock.advance(5 * 60);
    await sweepRefunds(ctx);
    expect(await statesOf(ctx, orderId)).toEqual([['succeeded', 600]]);
    expect(memory.payments.refunds.size).toBe(1);
    expect(await refundedOf(ctx, orderId)).toEqual([600, 0, 0]);
  });

  test('of one form leaves once, however often the form is sent', async () => {
    const { ctx, memory, orderId, first } = await paidOrder();
    const lines = [{ lineId: first, amountCents: 100 }];
    const wanted = { orderId, lines, cause: 'goodwill' as const, requestId: ctx.random.id() };
    const sent = [];
    for (let time = 0; time < 3; time += 1) sent.push(await refundLines(ctx, wanted));
    expect(new Set(sent.map((one) => one.refundId)).size).toBe(1);
    expect(sent.map((one) => one.state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(memory.payments.refunds.size).toBe(1);
    expect(await refundedOf(ctx, orderId)).toEqual([100, 0, 0]);
  });

  test('made at the provider itself is spread over the lines, and one that comes back is open again, in any order', async () => {
    for (const order of [
      ['refunded', 'refund-failed'],
      ['refund-failed', 'refunded'],
    ] as const) {
      const { ctx, memory, orderId, intentId } = await paidOrder();
      const kept = `re_${orderId}_kept`;
      await told(ctx, 'refunded', kept, 150, intentId);
      await told(ctx, 'refunded', kept, 150, intentId);
      expect(await refundedOf(ctx, orderId)).toEqual([70, 50, 30]);
      for (const kind of order) await told(ctx, kind, `re_${orderId}`, 1_350, intentId);
      expect(await refundedOf(ctx, orderId)).toEqual([70, 50, 30]);
      expect(await orderRow(memory, orderId)).toMatchObject({ state: 'paid', refundedCents: 150 });
      const mails = memory.mail.posted.filter((mail) => mail.kind === 'order-refund-failed');
      expect(mails).toHaveLength(order[0] === 'refunded' ? 1 : 0);
    }
  });

  test('of a disputed order is refused: the bank has the money already', async () => {
    const { ctx, orderId, intentId } = await paidOrder();
    await disputed(ctx, 'dispute-opened', { orderId, intentId, amountCents: 1_500 });
    const asked = refundLines(ctx, { orderId, lines: 'all', cause: 'goodwill' });
    await expect(asked).rejects.toMatchObject({ public: { key: 'orders.refundDisputed' } });
  });

  test('of what a lost dispute left is the operator’s to give, and no cent more', async () => {
    const { ctx, memory, orderId, intentId, first, second } = await paidOrder();
    for (const kind of ['dispute-opened', 'dispute-lost'] as const) {
      await disputed(ctx, kind, { orderId, intentId, amountCents: 700 });
    }
    const give = (lineId: string, amountCents: number) =>
      refundLines(ctx, { orderId, lines: [{ lineId, amountCents }], cause: 'goodwill' });
    expect(await give(second, 500)).toMatchObject({ state: 'succeeded' });
    await expect(give(first, 301)).rejects.toMatchObject({ public: { key: 'orders.refundDisputed' } });
    expect(await give(first, 300)).toMatchObject({ state: 'succeeded' });
    expect(await orderRow(memory, orderId)).toMatchObject({ state: 'disputed', refundedCents: 800 });
  });

  test('ends an inquiry, in which the bank has taken nothing', async () => {
    const { ctx, memory, orderId, intentId } = await paidOrder();
    const facts = { orderId, intentId, amountCents: 1_500 };
    await disputed(ctx, 'dispute-opened', facts);
    const getDispute = async (id: string) => {
      const rest = { reason: 'general', state: 'needs-response' as const, respondBy: null, submissions: 0 };
      return { id, intentId, amountCents: 1_500, currency: 'eur', refundable: true, fee: null, ...rest };
    };
    const asking: Context = { ...ctx, payments: { ...ctx.payments, getDispute } };
    expect(await refundLines(asking, { orderId, lines: 'all', cause: 'goodwill' })).toMatchObject({
      amountCents: 1_500,
      state: 'succeeded',
    });
    await disputed(ctx, 'dispute-won', facts);
    expect(await orderRow(memory, orderId)).toMatchObject({ state: 'refunded', refundedCents: 1_500 });
  });

  test('is a seller’s to give for lines of their own events alone', async () => {
    const { ctx, orderId, event, first } = await paidOrder();
    const { actor, organisation } = await makePro(ctx);
    const own = await makeEvent(ctx, { organisationId: organisation.id });
    const line = await makeOrderLine(ctx, { orderId, eventId: own.id, bib: '7', priceCents: 0, position: 3 });
    const seller: Context = { ...ctx, actor };
    const ask = (lineId: string, cause: 'goodwill' | 'withdrawal' = 'goodwill') =>
      refundLines(seller, { orderId, lines: [{ lineId, amountCents: 1 }], cause });
    await expect(ask(first)).rejects.toMatchObject({ code: 'not-found' });
    await expect(ask(line.id, 'withdrawal')).rejects.toMatchObject({ code: 'forbidden' });
    await ctx.db.update(orderLines).set({ priceCents: 200 }).where(eq(orderLines.id, line.id));
    expect(await refundLines(seller, { orderId, lines: 'all', cause: 'goodwill' })).toMatchObject({
      amountCents: 200,
    });
    const sales = await listEventSales(seller, { eventId: own.id });
    expect(sales.map((sale) => sale.lines.map((sold) => [sold.lineId, sold.refundedCents]))).toEqual([
      [[line.id, 200]],
    ]);
    const elsewhere = listEventSales(seller, { eventId: event.id });
    await expect(elsewhere).rejects.toMatchObject({ code: 'not-found' });
    const nobody: Context = { ...ctx, actor: { kind: 'anonymous' } };
    const refused = refundLines(nobody, { orderId, lines: 'all', cause: 'goodwill' });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});
