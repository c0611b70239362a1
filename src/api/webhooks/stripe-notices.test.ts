import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reconcilePayments } from '#domain/orders/reconcile-payments.ts';
import { paymentEvents } from '#domain/orders/tables.ts';
import { openStripeProvider } from '#platform/payments/open-stripe-provider.ts';
import type { StripeEvent } from '../../../tests/doubles/stripe-books.ts';
import { openStripeServer, type StripeServer } from '../../../tests/doubles/stripe-server.ts';
import { type SendOptions, type StripePost, signEvent } from '../../../tests/doubles/stripe-webhooks.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkOut, deliverWaiting, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { errorAnswer } from '../http/error-answer.ts';
import { openWebhooksDoor } from './webhooks-door.ts';

let server: StripeServer;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  server = await openStripeServer();
});
afterAll(async () => {
  for (const close of [...closers, () => server.close()]) await close();
});

/** The door on a port of its own, with Stripe's counterpart behind it and an order that waits to be paid. */
async function openShop() {
  const memory = await createTestContext({ now: new Date() });
  const [secret, connectSecret] = ['whsec_own', 'whsec_connect'];
  const stripe = openStripeProvider({
    secretKey: server.key,
    apiUrl: server.url,
    webhookSecrets: [secret, connectSecret],
    clock: memory.clock,
  });
  const ctx = { ...memory, payments: { ...memory.payments, ...stripe } };
  const { event, photos } = await makeShop(ctx);
  const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
  const { orderId, next } = await checkOut(ctx, token);
  const app = new Hono();
  app.onError((error, c) => {
    const told = errorAnswer(error, 'fr', ctx.log);
    return c.json(told.body, told.status, told.headers);
  });
  app.route('/api/webhooks', openWebhooksDoor(ctx));
  const http = createServer(getRequestListener(app.fetch));
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  closers.push(async () => http.close());
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/api/webhooks/stripe`;
  const door: StripePost = { url, secret, connectSecret };
  const bring = (events: StripeEvent[], options?: SendOptions) => server.deliver(door, events, options);
  return { ctx, orderId, next, door, bring, intentId: await intentOf(ctx, orderId) };
}

describe('an order paid through Stripe', () => {
  test('is paid, delivered and mailed once by its notice, however often that comes', async () => {
    const { ctx, orderId, next, bring, intentId } = await openShop();
    expect(next).toMatchObject({ kind: 'embedded' });
    const paid = server.world.pay(intentId);
    const statuses = await Promise.all(Array.from({ length: 5 }, () => bring([paid, paid])));
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
    expect(await deliverWaiting(ctx)).toBe(1);
    expect(ctx.mail.posted).toHaveLength(1);
  });

  test('PAY-04: a door of Stripe’s takes these very bytes with a fresh signature, and nothing else', async () => {
    const { ctx, orderId, door, bring, intentId } = await openShop();
    const paid = server.world.pay(intentId);
    const rows = await ctx.db.$count(paymentEvents);
    const { body, signature } = signEvent(paid, { secret: door.secret, now: server.books.now() });
    const send = async (sent: string, header: string | null) => {
      const headers = new Headers(header === null ? [] : [['stripe-signature', header]]);
      return (await fetch(door.url, { method: 'POST', body: sent, headers })).status;
    };
    expect(await send(body.replace('1', '2'), signature)).toBe(400);
    expect(await send(JSON.stringify(JSON.parse(body)), signature)).toBe(400);
    expect(await send(body, null)).toBe(400);
    expect(await send(body, 't=1,v1=00')).toBe(400);
    expect(await bring([paid], { secondsOld: 302 })).toEqual([400]);
    expect(await bring([paid], { secondsOld: -302 })).toEqual([400]);
    expect(await bring([paid], { secret: 'whsec_other' })).toEqual([400]);
    expect(await ctx.db.$count(paymentEvents)).toBe(rows);
    expect((await orderRow(ctx, orderId)).state).toBe('pending');
    expect(await send(body, `${signature},v1=${'0'.repeat(64)}`)).toBe(200);
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
  });

  test('PAY-05: a notice of live mode in test mode is taken, flagged and pays nothing', async () => {
    const { ctx, orderId, bring, intentId } = await openShop();
    const paid = { ...server.world.pay(intentId), livemode: true };
    expect(await bring([paid, paid])).toEqual([200, 200]);
    const kept = await ctx.db.select().from(paymentEvents).where(eq(paymentEvents.id, paid.id));
    expect(kept).toMatchObject([{ outcome: 'other-mode', orderId: null, intentId }]);
    expect((await orderRow(ctx, orderId)).state).toBe('pending');
    expect(ctx.log.lines.some((line) => JSON.stringify(line).includes('other-mode'))).toBe(true);
  });

  test('PAY-07: without any notice, the question to Stripe finds the payment', async () => {
    const { ctx, orderId, intentId } = await openShop();
    server.world.pay(intentId);
    ctx.clock.advance(180);
    await reconcilePayments(ctx);
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
  });

  test('PAY-11: each refund is counted once, whichever of its notices come, in whatever order', async () => {
    const { ctx, orderId, bring, intentId } = await openShop();
    const before = server.books.events.size;
    server.world.pay(intentId);
    const asked = { intentId, amountCents: 300 };
    await ctx.payments.refund({ ...asked, idempotencyKey: `${orderId}/1` });
    await ctx.payments.refund({ ...asked, idempotencyKey: `${orderId}/2` });
    const told = [...server.books.events.values()].slice(before);
    expect(new Set(await bring([...told.toReversed(), ...told]))).toEqual(new Set([200]));
    expect(await orderRow(ctx, orderId)).toMatchObject({ state: 'paid', refundedCents: 600 });
  });

  test('notices of no use to orders are acknowledged and logged', async () => {
    const { ctx, bring, intentId } = await openShop();
    server.world.pay(intentId);
    const odd = server.books.tell('customer.created', { id: 'cus_1', object: 'customer' });
    expect(await bring([odd, server.world.warnOfFraud(intentId)])).toEqual([200, 200]);
    const lines = JSON.stringify(ctx.log.lines);
    expect(lines).toContain('customer.created');
    expect(lines).toContain('fraud-warning');
  });
});
