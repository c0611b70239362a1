import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { and, eq } from 'drizzle-orm';
import { afterEach, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { askToSendEvidence } from '#domain/disputes/ask-to-send-evidence.ts';
import { disputes } from '#domain/disputes/tables.ts';
import { addToCart } from '#domain/orders/add-to-cart.ts';
import { getOrderBySecret } from '#domain/orders/get-order.ts';
import { refundLines } from '#domain/orders/refund-lines.ts';
import { orderLines } from '#domain/orders/tables.ts';
import { getOwnPayouts } from '#domain/payouts/get-own-payouts.ts';
import { startOnboarding } from '#domain/payouts/start-onboarding.ts';
import { sellerAccounts } from '#domain/payouts/tables.ts';
import { openStripeProvider } from '#platform/payments/open-stripe-provider.ts';
import { openApi } from '../src/api/app.ts';
import { findFaults } from '../src/cli/check-integrity.ts';
import { jobs } from '../src/jobs.ts';
import { runJobs } from './doubles/memory-queue.ts';
import { openStripeServer } from './doubles/stripe-server.ts';
import { makeAdmin, makePro } from './factories.ts';
import { createTestContext } from './harness.ts';
import { addLatePhoto, openStalls, type SaleStage, tellSaleStory } from './sale-story.ts';
import { BIB, checkOut, intentOf } from './shop.ts';

const BUYER = 'camille@example.org';
const SECRET = 'whsec_counterpart';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** Our doors and Stripe's, each on a port of its own, with the jobs run in between. */
async function openShop() {
  const memory = await createTestContext({ config: { delayedPaymentHoldDays: 0 } });
  const stripe = await openStripeServer({ now: memory.clock.now });
  closers.push(() => stripe.close());
  const access = { secretKey: stripe.key, apiUrl: stripe.url, webhookSecrets: [SECRET] };
  const provider = openStripeProvider({ ...access, clock: memory.clock });
  const ctx = { ...memory, payments: { ...memory.payments, ...provider } };
  const server = serve({ fetch: openApi(ctx).fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  const door = { url: `http://127.0.0.1:${port}/api/webhooks/stripe`, secret: SECRET, connectSecret: SECRET };
  /** Brings what Stripe tells to our door, and does what follows, until nobody has anything to say. */
  const listen = async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const statuses = await stripe.deliver(door);
      expect(statuses.filter((status) => status !== 200)).toEqual([]);
      const ran = await runJobs(ctx, jobs as never);
      if (statuses.length + ran === 0) return;
    }
    throw new Error('it does not come to rest');
  };
  return { ctx, stripe, listen };
}

async function openStage(): Promise<{ stage: SaleStage; ctx: Context }> {
  const { ctx, stripe, listen } = await openShop();
  const admin = withActor(ctx, (await makeAdmin(ctx)).actor);
  const sellers = { léa: await makePro(ctx), max: await makePro(ctx) };
  for (const seller of Object.values(sellers)) {
    await startOnboarding(withActor(ctx, seller.actor), { country: 'FR' });
    const [account] = await ctx.db
      .select()
      .from(sellerAccounts)
      .where(eq(sellerAccounts.organisationId, seller.organisation.id));
    stripe.world.onboard(account?.accountId ?? '');
  }
  await listen();
  const { léa: lea, max } = sellers;
  const stalls = await openStalls(ctx, { léa: lea.organisation.id, max: max.organisation.id });
  const bought = { orderId: '', secret: '', intentId: '', disputeId: '' };
  const stage: SaleStage = {
    buyByDebit: async () => {
      const all = { kind: 'all-photos' as const, eventId: stalls.léa.eventId, bib: BIB };
      const one = {
        kind: 'photo' as const,
        eventId: stalls.max.eventId,
        photoId: stalls.max.photoIds[0] ?? '',
      };
      const { token } = await addToCart(ctx, { ...all, token: null });
      await addToCart(ctx, { ...one, token });
      const { orderId, secret } = await checkOut(ctx, token ?? '', BUYER);
      Object.assign(bought, { orderId, secret, intentId: await intentOf(ctx, orderId) });
      stripe.world.pay(bought.intentId, 'processing');
      await listen();
    },
    debitArrives: async () => {
      ctx.clock.advance(5 * 86_400);
      stripe.world.settle(bought.intentId, 'succeed');
      await listen();
    },
    photoComesLate: async () => {
      ctx.clock.advance(86_400);
      await addLatePhoto(ctx, stalls.léa);
      await listen();
    },
    refundMax: async () => {
      const [line] = await ctx.db
        .select()
        .from(orderLines)
        .where(and(eq(orderLines.orderId, bought.orderId), eq(orderLines.eventId, stalls.max.eventId)));
      const lines = [{ lineId: line?.id ?? '', amountCents: line?.priceCents ?? 0 }];
      await refundLines(admin, { orderId: bought.orderId, lines, cause: 'goodwill' });
      await listen();
    },
    bankTakesBack: async () => {
      bought.disputeId = stripe.world.dispute(bought.intentId).id;
      await listen();
    },
    bankBelievesSeller: async () => {
      await askToSendEvidence(admin, { disputeId: bought.disputeId });
      await listen();
      stripe.world.closeDispute(bought.disputeId, 'won');
      await listen();
      const [kept] = await ctx.db.select().from(disputes).where(eq(disputes.id, bought.disputeId));
      expect(kept).toMatchObject({ state: 'won', submissions: 1 });
    },
    seesOrder: async (expected) => {
      const { state, files, totalCents, refundedCents } = await getOrderBySecret(ctx, bought);
      const open = files.filter(({ downloadUrl }) => downloadUrl !== null).length;
      expect({ state, files: open, paidCents: totalCents - refundedCents }).toEqual(expected);
    },
    seesSent: async (name, cents) => expect([name, await sentTo(ctx, sellers[name])]).toEqual([name, cents]),
    seesMails: async (count) => {
      expect(ctx.mail.posted.filter(({ to }) => to === BUYER)).toHaveLength(count);
    },
  };
  return { stage, ctx };
}

async function sentTo(ctx: Context, seller: Awaited<ReturnType<typeof makePro>>): Promise<number> {
  const { balances } = await getOwnPayouts(withActor(ctx, seller.actor));
  return balances.find(({ currency }) => currency === 'eur')?.onItsWayCents ?? 0;
}

test('a sale of two sellers by debit, with a late photo, a refund and a dispute that is won, is right to the cent on Stripe', async () => {
  const { stage, ctx } = await openStage();
  await tellSaleStory(stage);
  expect(await findFaults(withActor(ctx, { kind: 'system', name: 'test' }))).toEqual([]);
});
