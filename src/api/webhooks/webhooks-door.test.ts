import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { paymentEvents } from '#domain/orders/tables.ts';
import { openTestProvider, TEST_SIGNATURE_HEADER } from '#platform/payments/open-test-provider.ts';
import { signPayload } from '#platform/payments/payment-signature.ts';
import { webhookSecret } from '#platform/payments/test-provider-books.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkOut, deliverWaiting, fillCart, intentOf, makeShop, orderRow } from '../../../tests/shop.ts';
import { errorAnswer } from '../http/error-answer.ts';
import { openWebhooksDoor } from './webhooks-door.ts';

/** The door with the real test provider behind it, and an order that waits for its notice. */
async function openShop() {
  const memory = await createTestContext();
  const ctx = { ...memory, payments: { ...memory.payments, ...openTestProvider(memory) } };
  const { event, photos } = await makeShop(ctx);
  const token = await fillCart(ctx, event.id, [photos[0]?.id ?? '']);
  const { orderId } = await checkOut(ctx, token);
  const app = new Hono();
  app.onError((error, c) => {
    const told = errorAnswer(error, 'fr', ctx.log);
    return c.json(told.body, told.status, told.headers);
  });
  app.route('/api/webhooks', openWebhooksDoor(ctx));
  const body = JSON.stringify({
    id: `evt_${ctx.random.id()}`,
    type: 'succeeded',
    createdAt: ctx.clock.now().toISOString(),
    intentId: await intentOf(ctx, orderId),
    orderId,
    amountCents: 700,
    currency: 'eur',
  });
  const secret = webhookSecret(ctx.config);
  const sign = (text = body, seconds = 0, key = secret) =>
    signPayload(key, text, new Date(ctx.clock.now().getTime() + seconds * 1000));
  const post = async (sent: string, signature: string | null, provider = 'test') => {
    const headers = new Headers(signature === null ? [] : [[TEST_SIGNATURE_HEADER, signature]]);
    const answer = await app.request(`/api/webhooks/${provider}`, { method: 'POST', body: sent, headers });
    return answer.status;
  };
  return { ctx, orderId, body, sign, post };
}

describe('the door of payment notices', () => {
  test('a right signature pays the order; the same notice twenty times at once is always 2xx and pays once', async () => {
    const { ctx, orderId, body, sign, post } = await openShop();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body, sign())));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect((await orderRow(ctx, orderId)).state).toBe('paid');
    expect(await deliverWaiting(ctx)).toBe(1);
    expect(ctx.mail.posted).toHaveLength(1);
  });

  test('a wrong signature is a 400 and leaves no row', async () => {
    const { ctx, orderId, body, sign, post } = await openShop();
    const rows = await ctx.db.$count(paymentEvents);
    const [altered, again] = [body.replace('700', '701'), `${JSON.stringify(JSON.parse(body), null, 1)}`];
    const answers = [
      await post(altered, sign()),
      await post(again, sign()),
      await post(body, sign(body, -301)),
      await post(body, sign(body, 301)),
      await post(body, sign(body, 0, 'another-endpoint')),
      await post(body, null),
      await post(body, 'v1=00'),
    ];
    expect(new Set(answers)).toEqual(new Set([400]));
    expect(await ctx.db.$count(paymentEvents)).toBe(rows);
    expect((await orderRow(ctx, orderId)).state).toBe('pending');
  });

  test('one right signature among two is enough', async () => {
    const { body, sign, post } = await openShop();
    expect(await post(body, `${sign()},v1=${'0'.repeat(64)}`)).toBe(200);
  });

  test('a notice with another amount is taken, set aside and pays nothing', async () => {
    const { ctx, orderId, body, sign, post } = await openShop();
    const less = body.replace('700', '100');
    expect(await post(less, sign(less))).toBe(200);
    expect((await orderRow(ctx, orderId)).state).toBe('pending');
    expect(ctx.log.lines.some((line) => JSON.stringify(line).includes('amount-differs'))).toBe(true);
  });

  test('another provider’s door does not exist', async () => {
    const { body, sign, post } = await openShop();
    expect(await post(body, sign(), 'stripe')).toBe(404);
  });
});
