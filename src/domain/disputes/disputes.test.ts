import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Context } from '#context.ts';
import { listOrderMovements } from '#domain/ledger/list-order-movements.ts';
import { applyPaymentEvent } from '#domain/orders/apply-payment-event.ts';
import { recordVisit } from '#domain/orders/record-visit.ts';
import { downloads, orders, refunds } from '#domain/orders/tables.ts';
import type { PaymentEvent } from '#platform/payments/payment-event.ts';
import type { DisputeView } from '#platform/payments/payments.ts';
import { openOnStripe, openOnTestProvider } from '../../../tests/doubles/opened-payments.ts';
import { makeAdmin } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { readPdfText } from '../../../tests/read-pdf-text.ts';
import { makePaidOrder, orderRow } from '../../../tests/shop.ts';
import { answerWarning } from './answer-warning.ts';
import { applyDisputeEvent } from './apply-dispute-event.ts';
import { askToSendEvidence } from './ask-to-send-evidence.ts';
import { disputeAfter } from './dispute.ts';
import { evidenceTexts } from './evidence-texts.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { getDispute, listDisputes, listFraudWarnings } from './list-disputes.ts';
import { readEvidencePaper, sendEvidence } from './send-evidence.ts';
import { sweepDisputes } from './sweep-disputes.ts';
import { disputes } from './tables.ts';

async function hear(ctx: Context, events: PaymentEvent[]) {
  for (const event of events) {
    await applyPaymentEvent(ctx, { event });
    await applyDisputeEvent(ctx, { event });
  }
}

async function paidOrder() {
  const memory = await createTestContext();
  const { actor } = await makeAdmin(memory);
  const order = await makePaidOrder(memory, {
    prices: [700, 500],
    pay: async ({ id }) => [memory.payments.settle(id, 'succeeded')],
  });
  return { memory, ctx: { ...memory, actor } satisfies Context, ...order };
}

function viewOf(id: string, intentId: string, state: DisputeView['state']): DisputeView {
  const money = { amountCents: 1_200, currency: 'eur', reason: 'fraudulent' };
  const rest = { refundable: false, fee: null, respondBy: new Date('2026-07-01T00:00:00Z'), submissions: 0 };
  return { id, intentId, ...money, state, ...rest };
}

describe.each([
  ['the test provider', openOnTestProvider],
  ['Stripe', openOnStripe],
] as const)('with %s', (_, open) => {
  test('a dispute freezes its order, and its evidence goes to the bank once', async () => {
    const memory = await createTestContext();
    const opened = await open(memory.database);
    try {
      const { actor } = await makeAdmin(memory);
      const ctx: Context = { ...memory, payments: opened.provider, actor };
      let disputeId = '';
      const { orderId } = await makePaidOrder(ctx, {
        prices: [1_500],
        pay: async (intent) => {
          disputeId = await opened.dispute(intent);
          const told = await opened.notices();
          return told;
        },
      });
      const view = await opened.provider.getDispute(disputeId);
      const shared = { orderId: null, amountCents: 1_500, currency: 'eur', occurredAt: ctx.clock.now() };
      const intentId = view.intentId ?? '';
      await hear(ctx, [
        { ...shared, id: `${disputeId}-paid`, kind: 'succeeded', intentId },
        { ...shared, id: `${disputeId}-opened`, kind: 'dispute-opened', disputeId, intentId },
      ]);
      expect((await orderRow(memory, orderId)).state).toBe('disputed');
      expect(await getDispute(ctx, { disputeId })).toMatchObject({
        state: 'needs-response',
        reason: 'fraudulent',
        submissions: 0,
        order: { orderId },
      });
      const paper = await readEvidencePaper(ctx, { disputeId });
      expect(readPdfText(paper.bytes)).toContain((await orderRow(memory, orderId)).number);
      expect(await askToSendEvidence(ctx, { disputeId })).toBe('asked');
      expect(memory.queue.named('send-evidence').map((job) => job.data)).toEqual([{ disputeId }]);
      expect(await sendEvidence(ctx, { disputeId })).toBe('sent');
      expect(await askToSendEvidence(ctx, { disputeId })).toBe('already-sent');
      expect(await sendEvidence(ctx, { disputeId })).toBe('already-sent');
      expect(await getDispute(ctx, { disputeId })).toMatchObject({ state: 'under-review', submissions: 1 });
      const lost: Context = { ...ctx, actor: { kind: 'anonymous' } };
      await expect(sendEvidence(lost, { disputeId })).rejects.toMatchObject({ code: 'forbidden' });
      expect(await feesOf(ctx, orderId)).toEqual([2_000]);
    } finally {
      await opened.close();
    }
  });
});

/** What disputes cost the platform, as the books say. */
async function feesOf(ctx: Context, orderId: string) {
  const fees = (await listOrderMovements(ctx, { orderId })).filter(({ kind }) => kind === 'dispute-fee');
  const entries = fees.flatMap((movement) => movement.entries);
  return entries.filter(({ account }) => account.kind === 'platform').map(({ amount }) => amount);
}

test('what a dispute costs is in the books once, and goes out of them when a win gives it back', async () => {
  const { ctx, orderId, intentId } = await paidOrder();
  const id = `dp_${orderId}`;
  const tell = async (state: DisputeView['state'], cents: number | null) => {
    const fee = cents === null ? null : { cents, currency: 'eur' };
    const dispute = { ...viewOf(id, intentId, state), fee };
    ctx.clock.advance(1);
    const told = { id: ctx.random.id(), occurredAt: ctx.clock.now() };
    await applyDisputeEvent(ctx, { event: { ...told, kind: 'dispute-updated', dispute } });
    return feesOf(ctx, orderId);
  };
  expect(await tell('needs-response', null)).toEqual([]);
  expect(await tell('needs-response', 2_000)).toEqual([2_000]);
  // Asked for before the money was withdrawn, and told late.
  expect(await tell('needs-response', 0)).toEqual([2_000]);
  expect(await tell('under-review', 3_500)).toEqual([2_000, 1_500]);
  expect(await tell('won', 0)).toEqual([2_000, 1_500, -3_500]);
  expect(await tell('won', 0)).toHaveLength(3);
});

describe('a dispute', () => {
  test('ends as its notices lead, whatever the order in which they come', async () => {
    const { ctx, memory, orderId, intentId } = await paidOrder();
    const id = `dp_${orderId}`;
    const at = (minute: number) => new Date(ctx.clock.now().getTime() + minute * 60_000);
    const verdict = { orderId: null, intentId, disputeId: id, amountCents: 1_200, currency: 'eur' };
    const told: PaymentEvent[] = [
      { ...verdict, id: `${id}-1`, kind: 'dispute-opened', occurredAt: at(0) },
      {
        id: `${id}-2`,
        kind: 'dispute-funds-withdrawn',
        dispute: viewOf(id, intentId, 'won'),
        occurredAt: at(1),
      },
      {
        id: `${id}-3`,
        kind: 'dispute-funds-reinstated',
        dispute: viewOf(id, intentId, 'won'),
        occurredAt: at(3),
      },
      { ...verdict, id: `${id}-4`, kind: 'dispute-won', occurredAt: at(2) },
    ];
    const truth: Context = {
      ...ctx,
      payments: { ...ctx.payments, getDispute: async () => viewOf(id, intentId, 'won') },
    };
    for (const shuffled of [told, told.toReversed(), [...told.slice(2), ...told.slice(0, 2), ...told]]) {
      await ctx.db.delete(disputes).where(eq(disputes.id, id));
      await hear(truth, shuffled);
      const [found] = await listDisputes(ctx, { orderId });
      expect(found).toMatchObject({ state: 'won', fundsWithdrawn: false, openedAt: at(0) });
      expect((await orderRow(memory, orderId)).state).toBe('paid');
    }
  });

  test('that the bank decided stays decided', () => {
    const before = { state: 'lost', fundsWithdrawn: true, respondBy: null, submissions: 1 } as const;
    const openedAt = new Date(0);
    const view = viewOf('dp_1', 'pi_1', 'needs-response');
    const after = disputeAfter({ ...before, openedAt }, { view, money: null, occurredAt: new Date(1) });
    expect(after).toMatchObject({ state: 'lost', fundsWithdrawn: true, submissions: 1, openedAt });
  });

  test('whose verdict nobody told is found at night', async () => {
    const { ctx, memory, orderId, intentId } = await paidOrder();
    const id = `dp_${orderId}`;
    const shared = { orderId: null, intentId, amountCents: 1_200, currency: 'eur' };
    const opened = {
      ...shared,
      id,
      kind: 'dispute-opened' as const,
      disputeId: id,
      occurredAt: ctx.clock.now(),
    };
    await hear(ctx, [opened]);
    memory.clock.advance(13 * 3600);
    const getDisputeNow = async () => viewOf(id, intentId, 'won');
    await sweepDisputes({ ...ctx, payments: { ...ctx.payments, getDispute: getDisputeNow } });
    expect((await orderRow(memory, orderId)).state).toBe('paid');
    expect((await getDispute(ctx, { disputeId: id })).state).toBe('won');
  });
});

test('evidence tells the consent, every access and download, and is bounded', async () => {
  const { ctx, memory, orderId } = await paidOrder();
  await ctx.db
    .update(orders)
    .set({ clientAddress: '203.0.113.7', userAgent: 'Firefox' })
    .where(eq(orders.id, orderId));
  for (const clientAddress of ['203.0.113.7', '203.0.113.7', '198.51.100.1']) {
    await recordVisit(ctx, { orderId, clientAddress, userAgent: 'Firefox' });
  }
  memory.clock.advance(2 * 3600);
  await recordVisit(ctx, { orderId, clientAddress: '203.0.113.7', userAgent: null });
  const taken = Array.from({ length: 400 }, () => ({
    id: ctx.random.id(),
    orderId,
    clientAddress: '203.0.113.7',
    userAgent: 'x'.repeat(300),
    at: ctx.clock.now(),
  }));
  await ctx.db.insert(downloads).values(taken);
  const facts = await gatherEvidence(ctx, { orderId });
  expect(facts).toMatchObject({ visitCount: 3, downloadCount: 400 });
  const texts = evidenceTexts(facts);
  expect(texts).toMatchObject({ buyerAddress: '203.0.113.7', buyerEmail: facts.email });
  expect(texts.refundRefused).toBeUndefined();
  const delivered = { ...facts, deliveredAt: ctx.clock.now() };
  expect(evidenceTexts(delivered).refundRefused).not.toContain('e-mail');
  expect(evidenceTexts({ ...delivered, confirmedAt: new Date(0) }).refundRefused).toContain('1970-01-01');
  expect(texts.refundPolicyShown).toContain(facts.waiver.statements[1]);
  expect(texts.accessLog).toContain('198.51.100.1');
  for (const text of Object.values(texts)) expect(String(text).length).toBeLessThanOrEqual(20_000);
  await expect(gatherEvidence(memory, { orderId })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a fraud warning is answered once: by a refund that spares the dispute, or by leaving the sale', async () => {
  const { ctx, memory, orderId, intentId } = await paidOrder();
  const warn = (warningId: string): PaymentEvent => ({
    id: ctx.random.id(),
    kind: 'fraud-warning',
    warningId,
    intentId,
    actionable: true,
    occurredAt: ctx.clock.now(),
  });
  const [first, second] = [`issfr_${ctx.random.id()}`, `issfr_${ctx.random.id()}`];
  await hear(ctx, [warn(first), warn(first), warn(second)]);
  const open = (await listFraudWarnings(ctx)).filter((warning) => warning.order?.orderId === orderId);
  expect(open.map((warning) => warning.warningId).toSorted()).toEqual([first, second].toSorted());
  expect(await answerWarning(ctx, { warningId: first, answer: 'leave' })).toBeNull();
  expect(await answerWarning(ctx, { warningId: second, answer: 'refund' })).toMatchObject({
    amountCents: 1_200,
  });
  expect((await orderRow(memory, orderId)).state).toBe('refunded');
  const [refund] = await ctx.db.select().from(refunds).where(eq(refunds.orderId, orderId));
  expect(refund?.cause).toBe('fraud-warning');
  await expect(answerWarning(ctx, { warningId: first, answer: 'refund' })).rejects.toMatchObject({
    code: 'not-found',
  });
});
