import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { startOnboarding } from '#domain/payouts/start-onboarding.ts';
import { readConfig } from '#platform/config.ts';
import { finishTestOnboarding } from '#platform/payments/test-onboarding.ts';
import { buildPages } from '../../scripts/build-pages.ts';
import { openDemoAccounts, openSession } from '../../scripts/demo/demo-accounts.ts';
import { findFaults } from '../../src/cli/check-integrity.ts';
import { createContext } from '../../src/create-context.ts';
import { findFreePort, type StartedProcess, startWeb } from '../processes/start-process.ts';
import { openStalls, type SaleStage, type SellerName, type Stall } from '../sale-story.ts';
import { openBrowser } from './open-browser.ts';
import { playSale } from './play-sale.ts';
import { type MailBox, openMailBox } from './receive-mail.ts';
import { watchPage } from './watch-page.ts';

/** A shop on the test provider with two sellers, and a browser window for each of the people. */
export interface Sale {
  stage: SaleStage;
  /** Of any page, and of the books. */
  requireNoFault(): Promise<void>;
  close(): Promise<void>;
}

export interface SalePeople {
  buyer: Page;
  operator: Page;
  léa: Page;
  max: Page;
}

export interface SaleShop {
  people: SalePeople;
  mailBox: MailBox;
  stalls: Record<SellerName, Stall>;
  url: string;
  /** The shop closes for a moment, while its books are looked into. */
  withBooks<Result>(work: (ctx: Context) => Promise<Result>): Promise<Result>;
}

interface Set {
  cookies: Record<'operator' | SellerName, string>;
  stalls: SaleShop['stalls'];
}

export async function openSale(): Promise<Sale> {
  buildPages({ quiet: true });
  const [folder, mailBox, port] = await Promise.all([
    mkdtemp(join(tmpdir(), 'sale-')),
    openMailBox(),
    findFreePort(),
  ]);
  const env = {
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATA_DIR: join(folder, 'data'),
    SMTP_URL: mailBox.url,
    ALLOW_TEST_PAYMENTS: 'true',
    DELAYED_PAYMENT_HOLD_DAYS: '0',
    LOG_LEVEL: 'warn',
  };
  const set = await lookInto(env, openBooks);
  let server: StartedProcess = await startWeb(env);
  const browser = await openBrowser();
  const faults: string[] = [];
  const people = await openPeople(browser, { url: env.PUBLIC_URL, cookies: set.cookies, faults });
  const withBooks: SaleShop['withBooks'] = async (work) => {
    await Promise.all(Object.values(people).map((page) => page.goto('about:blank')));
    await server.stop('SIGTERM');
    const result = await lookInto(env, work);
    server = await startWeb(env);
    return result;
  };
  const shop = { people, mailBox, stalls: set.stalls, url: env.PUBLIC_URL, withBooks };
  return {
    stage: playSale(shop),
    requireNoFault: async () => {
      expect(faults, server.output().slice(-3000)).toEqual([]);
      expect(await withBooks((ctx) => findFaults(withActor(ctx, { kind: 'system', name: 'test' })))).toEqual(
        [],
      );
    },
    close: async () => {
      await browser.close();
      await server.stop('SIGTERM');
      await mailBox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function lookInto<Result>(
  env: Record<string, string>,
  work: (ctx: Context) => Promise<Result>,
): Promise<Result> {
  const { ctx, stop } = await createContext({
    role: 'command',
    config: readConfig({ NODE_ENV: 'test', ...env }),
  });
  try {
    return await work(ctx);
  } finally {
    await stop(0);
  }
}

/** Two sellers whose accounts can receive, what they sell, and an operator. */
async function openBooks(ctx: Context): Promise<Set> {
  const accounts = await openDemoAccounts(ctx);
  const cookieOf = async (role: string): Promise<string> => {
    const account = accounts.find((one) => one.role === role);
    if (!account) throw new Error(`nobody is ${role}`);
    return openSession(ctx, account);
  };
  const cookies = {
    operator: await cookieOf('ADMIN'),
    léa: await cookieOf('PHOTOGRAPHER'),
    max: await cookieOf('ORGANIZER'),
  };
  const [lea, max] = [await openSeller(ctx, cookies.léa), await openSeller(ctx, cookies.max)];
  return { cookies, stalls: await openStalls(ctx, { léa: lea, max }) };
}

async function openSeller(ctx: Context, cookie: string): Promise<string> {
  const actor = await getActor(ctx, new Headers({ cookie }));
  const { url } = await startOnboarding(withActor(ctx, actor), { country: 'FR' });
  await finishTestOnboarding(ctx, { linkId: new URL(url).pathname.split('/').at(-1) ?? '' });
  if (actor.kind !== 'account' || actor.organisationId === null) throw new Error('no organisation');
  return actor.organisationId;
}

async function openPeople(
  browser: Browser,
  { url, cookies, faults }: { url: string; cookies: Set['cookies']; faults: string[] },
): Promise<SalePeople> {
  const open = async (cookie?: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' });
    context.setDefaultTimeout(30_000);
    const [name = '', value = ''] = cookie?.split('=', 2) ?? [];
    if (cookie) await context.addCookies([{ name, value, url }]);
    const page = await context.newPage();
    // What each page complains of, when all is done.
    watchPage(page, faults);
    return page;
  };
  return {
    buyer: await open(),
    operator: await open(cookies.operator),
    léa: await open(cookies.léa),
    max: await open(cookies.max),
  };
}
