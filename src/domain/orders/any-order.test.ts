import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { OrderPaymentEvent } from '#platform/payments/payment-event.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { randomFrom } from '../../../tests/fixtures/paint/random.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { checkOut, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { jobs } from '../../jobs.ts';
import { applyDisputeEvent } from '../disputes/apply-dispute-event.ts';
import { invoices } from '../invoicing/tables.ts';
import { listOrderMovements } from '../ledger/list-order-movements.ts';
import { applySellerEvent } from '../payouts/apply-seller-event.ts';
import { applyPaymentEvent } from './apply-payment-event.ts';
import { type Notice, type OrderState, standingAfter } from './order.ts';
import { orderPhotos } from './tables.ts';

const TOTAL_CENTS = 1_400;
const START = Date.parse('2026-06-21T16:00:00Z');

/** What may come of a sale that is refunded and disputed. `payment_intent.created` moves no order: it is no notice of ours. */
const OUTCOMES: { refundedCents: number; closed: 'dispute-won' | 'dispute-lost'; ends: OrderState }[] = [
  { refundedCents: TOTAL_CENTS, closed: 'dispute-won', ends: 'refunded' },
  { refundedCents: TOTAL_CENTS, closed: 'dispute-lost', ends: 'disputed' },
  { refundedCents: 500, closed: 'dispute-won', ends: 'paid' },
  { refundedCents: 500, closed: 'dispute-lost', ends: 'disputed' },
];

type Kind = Notice['kind'];
const kindsOf = (closed: Kind): Kind[] => [
  'processing',
  'succeeded',
  'failed',
  'refunded',
  'dispute-opened',
  closed,
];

describe('whatever the order in which notices come', () => {
  test.each(OUTCOMES)(
    'PAY-03: all 720 lead to one standing, also when some come twice: %j',
    ({ refundedCents, closed, ends }) => {
      const notices = kindsOf(closed).map((kind, minute): Notice => {
        const amountCents = kind === 'refunded' ? refundedCents : TOTAL_CENTS;
        return {
          id: `n${minute}`,
          kind,
          subjectId: subjectOf(kind),
          amountCents,
          occurredAt: instant(minute),
        };
      });
      for (const order of permutations(notices)) {
        const standing = standingAfter([...order, ...order.slice(0, 2)], TOTAL_CENTS);
        expect(standing).toEqual({ state: ends, refundedCents, disputed: closed === 'dispute-lost' });
      }
    },
  );

  test.each(OUTCOMES)(
    'PAY-03: order, ledger, invoices and delivery end the same, with jobs in between: %j',
    { timeout: 120_000 },
    async (outcome) => {
      const random = randomFrom(`any-order/${JSON.stringify(outcome)}`);
      const ctx = await createTestContext();
      const shop = await makeShop(ctx, { photos: 2 });
      const books: object[] = [];
      for (let round = 0; round < 5; round += 1) {
        const token = await fillCart(
          ctx,
          shop.event.id,
          shop.photos.map((photo) => photo.id),
        );
        const { orderId } = await checkOut(ctx, token);
        const notices = noticesOf(ctx, { orderId, intentId: await intentOf(ctx, orderId) }, outcome);
        const inOrder = round === 0 ? notices : shuffled(notices, random);
        for (const event of [...inOrder, ...inOrder.slice(0, 3)]) {
          await applyPaymentEvent(ctx, { event });
          await applyDisputeEvent(ctx, { event });
          await applySellerEvent(ctx, { event });
          if (random() < 0.5) await work(ctx);
        }
        await work(ctx);
        books.push(await readBooks(ctx, orderId));
        expect(books.at(-1), inOrder.map((event) => event.kind).join()).toEqual(books[0]);
      }
      expect(books[0]).toMatchObject({ state: outcome.ends, refundedCents: outcome.refundedCents });
    },
  );
});

test('PAY-01, PAY-02: one success told twenty times at once, and again under another id, counts once everywhere', async () => {
  const ctx = await createTestContext();
  const shop = await makeShop(ctx, { photos: 2 });
  const ids = shop.photos.map((photo) => photo.id);
  const { orderId } = await checkOut(ctx, await fillCart(ctx, shop.event.id, ids));
  const to = { orderId, intentId: await intentOf(ctx, orderId), occurredAt: instant(0), currency: 'eur' };
  const event = { ...to, id: ctx.random.id(), kind: 'succeeded' as const, amountCents: TOTAL_CENTS };
  await Promise.all(Array.from({ length: 20 }, () => applyPaymentEvent(ctx, { event })));
  await work(ctx);
  await applyPaymentEvent(ctx, { event: { ...event, id: ctx.random.id() } });
  await work(ctx);
  const movements = await listOrderMovements(ctx, { orderId });
  expect(movements.map(({ kind }) => kind).sort()).toEqual(['charge', 'sale']);
  expect(await readBooks(ctx, orderId)).toMatchObject({ state: 'paid', photos: 2, mails: 1 });
});

const FOLLOWING = new Set([
  'deliver-order',
  'settle-order',
  'invoice-order',
  'settle-credits',
  'send-transfer',
]);

async function work(ctx: TestContext): Promise<void> {
  await runJobs(ctx, jobs.filter((job) => FOLLOWING.has(job.name)) as never);
}

/** Where money and papers stand, without ids and instants. An order that ends closed may have been open for a while. */
async function readBooks(ctx: TestContext, orderId: string) {
  const { state, refundedCents } = await orderRow(ctx, orderId);
  const papers = await ctx.db.select().from(invoices).where(eq(invoices.orderId, orderId));
  const mails = ctx.mail.posted.filter((mail) => mail.uniqueKey === `order/${orderId}/ready`);
  return {
    state,
    refundedCents,
    balances: await readBalances(ctx, orderId),
    papers: papers.map(({ kind, totalCents }) => `${kind} ${totalCents}`).sort(),
    photos: state === 'paid' && (await ctx.db.$count(orderPhotos, eq(orderPhotos.orderId, orderId))),
    mails: state === 'paid' && mails.length,
  };
}

/** What the order left on each kind of account; nothing on those that it only went through. */
async function readBalances(ctx: TestContext, orderId: string): Promise<Record<string, number>> {
  const balances: Record<string, number> = {};
  for (const { entries } of await listOrderMovements(ctx, { orderId })) {
    for (const { account, amount } of entries) {
      balances[account.kind] = (balances[account.kind] ?? 0) + amount;
    }
  }
  return balances;
}

function noticesOf(
  ctx: TestContext,
  to: { orderId: string; intentId: string },
  { refundedCents, closed }: (typeof OUTCOMES)[number],
): OrderPaymentEvent[] {
  return kindsOf(closed).map((kind, minute) => {
    const shared = { id: ctx.random.id(), ...to, occurredAt: instant(minute), currency: 'eur' };
    if (kind === 'refunded') return { ...shared, kind, refundId: `re_${to.orderId}`, refundedCents };
    if (kind === 'dispute-opened' || kind === 'dispute-won' || kind === 'dispute-lost') {
      return { ...shared, kind, disputeId: `dp_${to.orderId}`, amountCents: TOTAL_CENTS };
    }
    if (kind === 'refund-failed') throw new Error('not among these');
    return { ...shared, kind, amountCents: TOTAL_CENTS };
  });
}

const instant = (minute: number) => new Date(START + minute * 60_000);

function subjectOf(kind: Kind): string | null {
  if (kind === 'refunded') return 're_1';
  return kind.startsWith('dispute-') ? 'dp_1' : null;
}

function permutations<Value>(values: readonly Value[]): Value[][] {
  if (values.length < 2) return [[...values]];
  return values.flatMap((first, place) =>
    permutations(values.toSpliced(place, 1)).map((rest) => [first, ...rest]),
  );
}

function shuffled<Value>(values: readonly Value[], random: () => number): Value[] {
  return values
    .map((value) => ({ value, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ value }) => value);
}
