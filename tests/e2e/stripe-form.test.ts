import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { buildPages } from '../../scripts/build-pages.ts';
import { createContext } from '../../src/create-context.ts';
import { TEST_CARDS } from '../doubles/stripe-page.ts';
import { openStripeServer, type StripeServer } from '../doubles/stripe-server.ts';
import { createTestContext } from '../harness.ts';
import { type StartedProcess, startWeb } from '../processes/start-process.ts';
import { checkOut, fillCart, makeShop } from '../shop.ts';
import { checkPage } from './check-page.ts';
import { openBrowser } from './open-browser.ts';
import { watchPage } from './watch-page.ts';
import { wordsOf } from './words.ts';

const STAGES = [
  { locale: 'fr', width: 360 },
  { locale: 'en', width: 1440 },
] as const;
/** One order for each stage, one that is paid by bank debit, and one that stays open. */
const ORDERS = ['fr', 'en', 'fr', 'fr'] as const;

let stripe: StripeServer;
let server: StartedProcess;
let browser: Browser;
let folder = '';
let secrets: string[] = [];

beforeAll(async () => {
  buildPages({ quiet: true });
  folder = await mkdtemp(join(tmpdir(), 'stripe-form-'));
  stripe = await openStripeServer();
  const env = {
    DATA_DIR: folder,
    LOG_LEVEL: 'warn',
    STRIPE_SECRET_KEY: stripe.key,
    STRIPE_PUBLISHABLE_KEY: 'pk_test_counterpart',
    STRIPE_WEBHOOK_SECRET: 'whsec_counterpart',
    STRIPE_API_URL: stripe.url,
  };
  secrets = await makeOrders(env);
  server = await startWeb(env);
  const url = `${server.url}/api/webhooks/stripe`;
  stripe.door = { url, secret: 'whsec_counterpart', connectSecret: 'whsec_counterpart' };
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop('SIGTERM');
  await stripe?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Orders that wait for their payment, in the books that the server opens after us. */
async function makeOrders(env: Record<string, string>): Promise<string[]> {
  const memory = await createTestContext();
  const { ctx, stop } = await createContext({
    role: 'command',
    config: readConfig({ NODE_ENV: 'test', ...env }),
  });
  try {
    const { config, db, database, queue, storage } = ctx;
    const payments = { ...memory.payments, ...ctx.payments };
    const real = { ...memory, config, db, database, payments, clock: memory.clock };
    memory.clock.set(new Date());
    const { event, photos } = await makeShop({ ...real, storage, queue: Object.assign(memory.queue, queue) });
    const made: string[] = [];
    for (const [index, locale] of ORDERS.entries()) {
      const token = await fillCart(real, event.id, [photos[index % photos.length]?.id ?? '']);
      made.push((await checkOut({ ...real, locale }, token)).secret);
    }
    return made;
  } finally {
    await stop(0);
  }
}

interface Visit {
  locale: 'fr' | 'en';
  width: number;
  secret: string;
}

async function visitForm(
  { locale, width, secret }: Visit,
  steps: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults = watchPage(page);
  await page.goto(`${server.url}/${locale}/pay/${secret}`);
  await page.getByLabel('Card').waitFor();
  await steps(page);
  expect(faults, server.output().slice(-3000)).toEqual([]);
  await context.close();
}

async function typeCard(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card').fill(card);
  await page.locator('form button[type=submit]').click();
}

describe('Stripe’s form on our page', () => {
  test.each(STAGES)('a declined card is said, a good one pays, in $locale at $width px', async (stage) => {
    const words = wordsOf(stage.locale);
    const secret = secrets[stage.locale === 'fr' ? 0 : 1] ?? '';
    await visitForm({ ...stage, secret }, async (page) => {
      await checkPage(page);
      await typeCard(page, TEST_CARDS.declines);
      await page.getByText('Your card was declined.').waitFor();
      await checkPage(page);
      await typeCard(page, TEST_CARDS.succeeds);
      await page.waitForURL(`**/orders/${secret}**`);
      await page.getByRole('heading', { name: words('shop.order.state.paid.title', { count: 1 }) }).waitFor();
    });
  });

  test('a bank debit is shown as on its way, and nothing is there to download', async () => {
    const secret = secrets.at(-2) ?? '';
    await visitForm({ locale: 'fr', width: 360, secret }, async (page) => {
      await typeCard(page, TEST_CARDS.debit);
      await page.waitForURL(`**/orders/${secret}**`);
      const title = wordsOf('fr')('shop.order.state.processing.title');
      await page.getByRole('heading', { name: title }).waitFor();
      expect(await page.locator('a[href*="/api/downloads/"]').count()).toBe(0);
    });
  });

  test('a script that does not come is said, and trying again brings the form', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 780 } });
    await page.route('**/stripe.js', (route) => route.abort());
    await page.goto(`${server.url}/fr/pay/${secrets.at(-1)}`);
    const words = wordsOf('fr');
    await page.getByText(words('shop.payment.unreachable')).waitFor();
    await page.unroute('**/stripe.js');
    await page.getByRole('button', { name: words('shop.payment.retry') }).click();
    await page.getByLabel('Card').waitFor();
    await page.close();
  });

  test('others may be loaded from on this page alone', async () => {
    const policyOf = async (path: string) =>
      (await fetch(`${server.url}${path}`)).headers.get('content-security-policy') ?? '';
    expect(await policyOf(`/fr/pay/${secrets.at(-1)}`)).toContain(stripe.url);
    for (const path of ['/fr', '/fr/cart', `/fr/orders/${secrets[0]}`]) {
      expect(await policyOf(path)).not.toContain(stripe.url);
    }
  });
});
