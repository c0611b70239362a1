import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { getCart } from '#domain/orders/get-cart.ts';
import { orderPhotos, orders, paymentEvents, refunds } from '#domain/orders/tables.ts';
import { findFaults } from '../../src/cli/check-integrity.ts';
import { openStripeServer, type StripeServer } from '../doubles/stripe-server.ts';
import { until } from '../doubles/until.ts';
import { type MailBox, openMailBox } from '../e2e/receive-mail.ts';
import { fillCart, makeShop } from '../shop.ts';
import { holdLock } from './hold-lock.ts';
import { openStage, type Stage } from './open-stage.ts';
import { isQuiet } from './photo-books.ts';
import type { StartedProcess } from './start-process.ts';

const SECRET = 'whsec_counterpart';
const BUYER = 'camille@example.org';
const PRICE_CENTS = 700;
const LIMIT_MS = 90_000;

describe('a sale whose processes are killed in the middle', () => {
  let stage: Stage;
  let stripe: StripeServer;
  let box: MailBox;
  let web: StartedProcess;
  let token = '';
  let orderId = '';

  beforeAll(async () => {
    [stripe, box] = [await openStripeServer(), await openMailBox({ refusals: 1 })];
    stage = await openStage({
      database: 'postgres',
      storage: 'local',
      env: {
        STRIPE_SECRET_KEY: stripe.key,
        STRIPE_PUBLISHABLE_KEY: 'pk_test_counterpart',
        STRIPE_WEBHOOK_SECRET: SECRET,
        STRIPE_API_URL: stripe.url,
        SMTP_URL: box.url,
      },
    });
    token = await stage.look(async (ctx) => {
      const { event, photos } = await makeShop(ctx);
      return fillCart(ctx, event.id, [photos[0]?.id ?? '']);
    });
  });
  afterAll(async () => {
    await stage?.close();
    await stripe?.close();
    await box?.close();
  });

  test('F5: in the checkout, after the provider opened the payment, has one order and one payment', async () => {
    const asked = { token, expectedTotalCents: await stage.look(async (ctx) => totalOf(ctx, token)) };
    stripe.fail('hold', /payment_intents$/);
    const doomed = startStep('check-out', asked);
    await until(() => stripe.books.intents.size === 1, LIMIT_MS);
    await kill(doomed);
    expect(stripe.release()).toBe(1);
    const started = await runStep('check-out', asked);
    expect(started).toMatchObject({ outcome: 'started', next: { kind: 'embedded' } });
    orderId = String(started.orderId);
    expect([...stripe.books.intents.values()].map((intent) => intent.metadata.orderId)).toEqual([orderId]);
    expect(await stage.look((ctx) => ctx.db.$count(orders))).toBe(1);
  });

  test('F4, PAY-06, F11: between the notice and its commit is paid, delivered and told once', async () => {
    web = await stage.startWeb();
    const { port } = new URL(web.url);
    const post = { url: `${web.url}/api/webhooks/stripe`, secret: SECRET, connectSecret: SECRET };
    const [intent] = stripe.books.intents.values();
    const paid = stripe.world.pay(intent?.id ?? '');
    const lock = await holdLock(stage.databaseUrl, 'select 1 from orders where id = $1 for update', [
      orderId,
    ]);
    const cut = stripe.deliver(post, [paid]).then(
      () => 'answered',
      () => 'cut',
    );
    await lock.isWaitedFor();
    await web.stop('SIGKILL');
    expect(await cut).toBe('cut');
    await lock.release();
    expect(await stage.look((ctx) => ctx.db.$count(paymentEvents))).toBe(0);
    expect((await readOrder()).state).toBe('pending');

    web = await stage.startWeb({ PORT: port });
    const told = [...stripe.books.events.values()].toReversed();
    const statuses = await Promise.all(
      [[paid, paid], told, told].map((events) => stripe.deliver(post, events)),
    );
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
    await until(async () => (await readOrder()).deliveredAt !== null, LIMIT_MS);
    expect(await readOrder()).toMatchObject({ state: 'paid', refundedCents: 0 });
    expect(await stage.look((ctx) => ctx.db.$count(orderPhotos))).toBe(1);
  });

  test('F18: is told by one mail although the mail server refuses first, and does not wait for it', async () => {
    await box.read(BUYER, /FR-/);
    await until(() => stage.look(isQuiet), LIMIT_MS);
    const delivered = box.count(BUYER);
    expect(await stage.look(async (ctx) => (await ctx.mail.listOutbox({ limit: 50 })).length)).toBe(
      delivered,
    );
    expect(delivered).toBe(1);
  });

  test('PAY-06: between the provider’s refund and its answer gives the money back once', async () => {
    stripe.fail('hold', /\/refunds$/);
    const doomed = startStep('refund', { orderId });
    await until(() => stripe.books.refunds.size === 1, LIMIT_MS);
    await kill(doomed);
    expect(stripe.release()).toBe(1);
    const [asked] = await stage.look((ctx) => ctx.db.select().from(refunds));
    expect(asked).toMatchObject({ state: 'asked', amountCents: PRICE_CENTS });
    await runStep('send-refund', { refundId: asked?.id ?? '' });
    expect([...stripe.books.refunds.values()].map((refund) => refund.amount)).toEqual([PRICE_CENTS]);
    const post = { url: `${web.url}/api/webhooks/stripe`, secret: SECRET, connectSecret: SECRET };
    expect(new Set(await stripe.deliver(post))).toEqual(new Set([200]));
    await until(async () => (await readOrder()).state === 'refunded', LIMIT_MS);
    await until(() => stage.look(isQuiet), LIMIT_MS);
    expect(await readOrder()).toMatchObject({ refundedCents: PRICE_CENTS });
    const faults = await stage.look((ctx) =>
      findFaults(withActor(ctx, { kind: 'system', name: 'integrity' })),
    );
    // The shop's photos have rows and originals, and were never read.
    expect(faults.filter((fault) => !fault.rule.startsWith('photo-'))).toEqual([]);
  });

  async function readOrder() {
    const [order] = await stage.look((ctx) => ctx.db.select().from(orders).where(eq(orders.id, orderId)));
    if (!order) throw new Error('no order');
    return order;
  }

  function startStep(verb: string, asked: object): ChildProcess {
    return spawn(process.execPath, ['tests/doubles/buyer-child.ts', verb, JSON.stringify(asked)], {
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'test', ...stage.env, LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  async function runStep(verb: string, asked: object): Promise<Record<string, unknown>> {
    const child = startStep(verb, asked);
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await once(child, 'exit');
    return JSON.parse(printed) ?? {};
  }
});

async function totalOf(ctx: Context, token: string): Promise<number> {
  return (await getCart(ctx, { token })).totalCents;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
