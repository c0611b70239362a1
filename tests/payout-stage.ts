import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, withActor } from '#context.ts';
import { applyPaymentEvent } from '#domain/orders/apply-payment-event.ts';
import { SETTLE_ORDER } from '#domain/orders/job-names.ts';
import { applySellerEvent } from '#domain/payouts/apply-seller-event.ts';
import { settleOrder } from '#domain/payouts/settle-order.ts';
import { startOnboarding } from '#domain/payouts/start-onboarding.ts';
import { sellerAccounts } from '#domain/payouts/tables.ts';
import type { ShareTerms } from '#domain/pricing/offer.ts';
import type { OpenedPayments, Started } from './doubles/opened-payments.ts';
import { makeEvent, makeOrder, makeOrderLine, makePayment, makePro } from './factories.ts';
import type { TestContext } from './harness.ts';

type StageContext = Omit<TestContext, 'payments'> & Pick<Context, 'payments'>;
export type Seller = Awaited<ReturnType<typeof makePro>>;

/** Orders, sellers and a provider with the people and banks around it. */
export interface PayoutStage {
  ctx: StageContext;
  opened: OpenedPayments;
  /** A pro; `ready` has an account that can receive. */
  seller(ready?: boolean): Promise<Seller>;
  onboard(seller: Seller): Promise<void>;
  /** A paid order, a line for each price, by its seller's terms. */
  sell(
    lines: { cents: number; terms: ShareTerms }[],
    how?: 'succeed' | 'delay',
    eventName?: string,
  ): Promise<SoldOrder>;
  /** Brings the provider's notices through the door's actions, and runs what they enqueued. */
  listen(): Promise<void>;
  settle(): Promise<void>;
}

export interface SoldOrder {
  orderId: string;
  intent: Started;
  lineIds: string[];
}

export const shares = (sellerId: string | null, change: Partial<ShareTerms> = {}): ShareTerms => ({
  sellerId,
  platformBps: 1000,
  organiserId: null,
  organiserBps: 0,
  charityName: null,
  charityBps: 0,
  ...change,
});

export function openPayoutStage(base: TestContext, opened: OpenedPayments): PayoutStage {
  const ctx: StageContext = { ...base, payments: opened.provider };
  const settle = async () => {
    for (const job of base.queue.named(SETTLE_ORDER)) {
      base.queue.jobs.splice(base.queue.jobs.indexOf(job), 1);
      await settleOrder(ctx, z.object({ orderId: z.uuid() }).parse(job.data));
    }
  };
  const listen = async () => {
    for (const event of await opened.notices()) {
      await applyPaymentEvent(ctx, { event });
      await applySellerEvent(ctx, { event });
    }
    await settle();
  };
  const onboard = async ({ actor, organisation }: Seller) => {
    await startOnboarding(withActor(ctx, actor), { country: 'FR' });
    await opened.onboard(await accountIdOf(ctx, organisation.id));
    await listen();
  };
  return {
    ctx,
    opened,
    listen,
    settle,
    onboard,
    seller: async (ready = true) => {
      const seller = await makePro(ctx);
      if (ready) await onboard(seller);
      return seller;
    },
    sell: async (lines, how = 'succeed', eventName = 'Trail des Crêtes') => {
      const sold = await order(ctx, lines, eventName);
      await opened.pay(sold.intent, how);
      await listen();
      return sold;
    },
  };
}

async function order(
  ctx: StageContext,
  lines: { cents: number; terms: ShareTerms }[],
  name: string,
): Promise<SoldOrder> {
  const totalCents = lines.reduce((sum, { cents }) => sum + cents, 0);
  const { id: orderId } = await makeOrder(ctx, { totalCents });
  const lineIds: string[] = [];
  for (const { cents, terms } of lines) {
    const event = await makeEvent(ctx, {
      name,
      ...(terms.sellerId ? { organisationId: terms.sellerId } : {}),
    });
    const line = {
      orderId,
      eventId: event.id,
      bib: '12',
      position: lineIds.length,
      priceCents: cents,
      terms,
    };
    lineIds.push((await makeOrderLine(ctx, line)).id);
  }
  const money = { amountCents: totalCents, currency: 'eur', idempotencyKey: `order/${orderId}` };
  const returnUrl = 'https://shop.example/fr/orders/s3cret';
  const intent = await ctx.payments.createIntent({ orderId, returnUrl, locale: 'fr', ...money });
  await makePayment(ctx, {
    orderId,
    provider: ctx.payments.name,
    intentId: intent.id,
    amountCents: totalCents,
  });
  return { orderId, intent, lineIds };
}

async function accountIdOf(ctx: StageContext, organisationId: string): Promise<string> {
  const [row] = await ctx.db
    .select()
    .from(sellerAccounts)
    .where(eq(sellerAccounts.organisationId, organisationId));
  return row?.accountId ?? '';
}
