import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { addToCart } from '#domain/orders/add-to-cart.ts';
import { applyPaymentEvent } from '#domain/orders/apply-payment-event.ts';
import { getCart } from '#domain/orders/get-cart.ts';
import { deliverOrderJob } from '#domain/orders/jobs.ts';
import { type CheckoutResult, startCheckout } from '#domain/orders/start-checkout.ts';
import { orders, payments } from '#domain/orders/tables.ts';
import type { PaymentEvent } from '#platform/payments/payment-event.ts';
import type { StartedIntent } from '#platform/payments/payments.ts';
import { makeEvent, makeOrder, makeOrderLine, makePayment, makePhoto } from './factories.ts';
import type { TestContext } from './harness.ts';

export const BIB = '1274';

type EventRow = Parameters<typeof makeEvent>[1];

/** A published event whose photos all show one bib, with their originals in storage. */
export async function makeShop(ctx: Context, { photos = 3, event = {} as EventRow } = {}) {
  const shop = await makeEvent(ctx, { photoPriceCents: 700, allPhotosPriceCents: 2_400, ...event });
  const made = [];
  for (let index = 0; index < photos; index += 1) made.push(await makeSoldPhoto(ctx, shop.id, index));
  return { event: shop, photos: made };
}

export async function makeSoldPhoto(ctx: Context, eventId: string, index: number, fileName?: string) {
  const body = Buffer.alloc(1_000 + index, `photo ${eventId} ${index};`);
  const photo = await makePhoto(ctx, {
    eventId,
    bibs: [BIB],
    sizeBytes: body.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    fileName: fileName ?? `IMG_${index}.jpg`,
  });
  await ctx.storage.put(photo.originalKey, body, 'image/jpeg');
  return photo;
}

export async function fillCart(ctx: Context, eventId: string, photoIds: string[]): Promise<string> {
  let token: string | null = null;
  for (const photoId of photoIds) {
    ({ token } = await addToCart(ctx, { token, kind: 'photo', eventId, photoId, bib: BIB }));
  }
  if (token === null) throw new Error('nothing was put into the cart');
  return token;
}

type Started = Extract<CheckoutResult, { outcome: 'started' }>;

export async function checkOut(ctx: TestContext, token: string, email = 'camille@example.org') {
  const { totalCents: expectedTotalCents } = await getCart(ctx, { token });
  const result = await startCheckout(ctx, { token, email, waiver: true, expectedTotalCents });
  if (result.outcome !== 'started') throw new Error(`checkout: ${result.outcome}`);
  return result satisfies Started;
}

export async function orderRow(ctx: TestContext, orderId: string) {
  const [order] = await ctx.db.select().from(orders).where(eq(orders.id, orderId));
  if (!order) throw new Error('no such order');
  return order;
}

export async function intentOf(ctx: TestContext, orderId: string): Promise<string> {
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.orderId, orderId));
  if (!payment?.intentId) throw new Error('no intent');
  return payment.intentId;
}

/** Runs the waiting deliveries as the worker would, and tells how many there were. */
export async function deliverWaiting(ctx: TestContext): Promise<number> {
  const waiting = ctx.queue.named(deliverOrderJob.name);
  for (const job of waiting) {
    ctx.queue.jobs.splice(ctx.queue.jobs.indexOf(job), 1);
    const attempt = { attempt: 1, maxAttempts: 1, jobId: job.id, signal: new AbortController().signal };
    await deliverOrderJob.run(ctx, deliverOrderJob.parse(job.data), attempt);
  }
  return waiting.length;
}

/** Checks out, pays and delivers. */
export async function buy(ctx: TestContext, token: string) {
  const started = await checkOut(ctx, token);
  const event = ctx.payments.settle(await intentOf(ctx, started.orderId), 'succeeded');
  await applyPaymentEvent(ctx, { event });
  await deliverWaiting(ctx);
  return started;
}

/** An order of single photos that cost so much each, paid with the context's provider by `pay`. */
export async function makePaidOrder(
  ctx: Context,
  { prices, pay }: { prices: number[]; pay: (intent: StartedIntent) => Promise<PaymentEvent[]> },
) {
  const event = await makeEvent(ctx);
  const totalCents = prices.reduce((sum, cents) => sum + cents, 0);
  const order = await makeOrder(ctx, { totalCents });
  const lineIds: string[] = [];
  for (const [position, priceCents] of prices.entries()) {
    const photo = await makeSoldPhoto(ctx, event.id, position);
    const line = { orderId: order.id, eventId: event.id, photoId: photo.id, priceCents, position };
    lineIds.push((await makeOrderLine(ctx, line)).id);
  }
  const intent = await ctx.payments.createIntent({
    orderId: order.id,
    amountCents: totalCents,
    currency: order.currency,
    idempotencyKey: `order/${order.id}`,
    returnUrl: 'https://shop.example/order',
    locale: 'fr',
  });
  await makePayment(ctx, {
    orderId: order.id,
    intentId: intent.id,
    amountCents: totalCents,
    provider: ctx.payments.name,
  });
  for (const notice of await pay(intent)) await applyPaymentEvent(ctx, { event: notice });
  return { orderId: order.id, event, lineIds, intentId: intent.id };
}
