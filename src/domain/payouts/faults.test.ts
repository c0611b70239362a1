import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type OpenedPayments,
  openOnTestProvider,
  paymentsClock,
} from '../../../tests/doubles/opened-payments.ts';
import { makeOrder } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openPayoutStage, type PayoutStage, type SoldOrder, shares } from '../../../tests/payout-stage.ts';
import { findLedgerFaults } from '../ledger/find-ledger-faults.ts';
import { ledgerAccounts } from '../ledger/tables.ts';
import { refunds } from '../orders/tables.ts';
import { findPayoutsFaults } from './find-payouts-faults.ts';
import { sellerAccounts, transferReversals, transfers } from './tables.ts';

let opened: OpenedPayments;
beforeAll(async () => {
  opened = await openOnTestProvider();
});
afterAll(() => opened.close());

const MONTH = 30 * 24 * 3600;

async function sold() {
  const stage = openPayoutStage(await createTestContext({ now: paymentsClock.now() }), opened);
  const lea = await stage.seller();
  const order = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
  const [transfer] = await stage.ctx.db.select().from(transfers).where(eq(transfers.orderId, order.orderId));
  if (!transfer) throw new Error('nothing was transferred');
  return { stage, order, transferId: transfer.id, sellerId: lea.organisation.id };
}

type Sold = Awaited<ReturnType<typeof sold>>;

/** Breaks one rule, and gives the subject that is told. */
const VIOLATIONS: Record<string, (broken: Sold) => Promise<string>> = {
  'paid-is-in-the-books': async ({ stage: { ctx } }) => {
    const paidAt = ctx.clock.now();
    return (await makeOrder(ctx, { state: 'paid', paidAt, totalCents: 900 })).id;
  },
  'refund-is-in-the-books': async ({ stage, order }) => refundRow(stage, order),
  'transfer-is-in-the-books': async ({ stage: { ctx }, transferId }) => {
    await ctx.db.update(transfers).set({ sentCents: 899 }).where(eq(transfers.id, transferId));
    return transferId;
  },
  'reversals-make-the-transfer': async ({ stage: { ctx }, transferId }) => {
    await ctx.db.update(transfers).set({ reversedCents: 1 }).where(eq(transfers.id, transferId));
    return transferId;
  },
  'transfer-ends': async ({ stage: { ctx }, transferId }) => {
    const [id, at] = [ctx.random.id(), ctx.clock.now()];
    const row = { id, transferId, causeId: 'refund/re_1', amountCents: 1, state: 'sending' as const };
    await ctx.db
      .insert(transferReversals)
      .values({ ...row, idempotencyKey: id, createdAt: at, updatedAt: at });
    return transferId;
  },
  'held-for-a-reason': async ({ stage: { ctx }, order, sellerId }) => {
    const [id, at] = [ctx.random.id(), ctx.clock.now()];
    const row = { id, orderId: order.orderId, organisationId: sellerId, role: 'seller' as const, part: 2 };
    const state = { shareCents: 1, currency: 'eur', state: 'held' as const, createdAt: at, updatedAt: at };
    await ctx.db.insert(transfers).values({ ...row, ...state });
    await ctx.db
      .update(sellerAccounts)
      .set({ updatedAt: at })
      .where(eq(sellerAccounts.organisationId, sellerId));
    return id;
  },
  'ledger-balance': async ({ stage: { ctx }, sellerId }) => {
    await ctx.db
      .update(ledgerAccounts)
      .set({ balance: sql`${ledgerAccounts.balance} + 1` })
      .where(eq(ledgerAccounts.owner, sellerId));
    return `seller/${sellerId}`;
  },
};

test('books that are right have no fault', async () => {
  const { stage } = await sold();
  stage.ctx.clock.advance(MONTH);
  expect([...(await findLedgerFaults(stage.ctx)), ...(await findPayoutsFaults(stage.ctx))]).toEqual([]);
});

test.each(Object.keys(VIOLATIONS))('a violation of %s is told', async (rule) => {
  const broken = await sold();
  const { ctx } = broken.stage;
  const subject = await VIOLATIONS[rule]?.(broken);
  ctx.clock.advance(MONTH);
  const faults = [...(await findLedgerFaults(ctx)), ...(await findPayoutsFaults(ctx))];
  expect(faults.filter((fault) => fault.subject === subject).map((fault) => fault.rule)).toContain(rule);
});

async function refundRow({ ctx }: PayoutStage, { orderId }: SoldOrder): Promise<string> {
  const [id, at] = [ctx.random.id(), ctx.clock.now()];
  const money = {
    amountCents: 100,
    currency: 'eur',
    cause: 'goodwill' as const,
    state: 'succeeded' as const,
  };
  const keys = { idempotencyKey: id, providerRefundId: `re_${id}`, createdAt: at, updatedAt: at };
  await ctx.db.insert(refunds).values({ id, orderId, ...money, ...keys });
  return id;
}
