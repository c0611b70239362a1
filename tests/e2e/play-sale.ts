import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { addLatePhoto, type SaleStage, type SeenOrder } from '../sale-story.ts';
import { BIB } from '../shop.ts';
import type { SaleShop } from './open-sale.ts';
import { wordsOf } from './words.ts';

const BUYER = 'camille@example.org';
const WITHIN = { timeout: 60_000, interval: 500 };
const words = wordsOf('fr');

/** The story's people at their browsers. */
export function playSale(shop: SaleShop): SaleStage {
  const { people, stalls, url, mailBox } = shop;
  const { buyer, operator } = people;
  const pages = { order: '', bank: '' };
  return {
    buyByDebit: async () => {
      await buyer.goto(`${url}/fr/events/${stalls.léa.slug}/bib/${BIB}`);
      await buyer.getByRole('button', { name: /24\s€/u }).first().click();
      await buyer
        .getByRole('link', { name: words('public.offer.toCart') })
        .first()
        .waitFor();
      await buyer.goto(`${url}/fr/events/${stalls.max.slug}/bib/${BIB}`);
      await buyer.getByRole('button', { name: words('public.photo.addNumber', { number: 1 }) }).click();
      await buyer.getByRole('button', { name: words('public.photo.removeNumber', { number: 1 }) }).waitFor();
      await checkOut(buyer, url);
      pages.bank = buyer.url();
      await buyer.getByRole('button', { name: words('shop.test.delay') }).click();
      await buyer.waitForURL(/\/fr\/orders\//u);
      pages.order = buyer.url();
    },
    // Some seconds after the buyer was promised so.
    debitArrives: async () => undefined,
    photoComesLate: () => shop.withBooks((ctx) => addLatePhoto(ctx, stalls.léa)),
    refundMax: async () => {
      await operator.goto(`${url}/fr/operator/orders`);
      await operator.getByRole('link', { name: /^FR-/u }).first().click();
      await operator.getByLabel(/IMG_0/u).fill('7');
      await operator.getByRole('button', { name: words('payments.refund.submit') }).click();
      await operator.locator('.notice[data-state=good]').waitFor();
    },
    bankTakesBack: () => askBank('dispute'),
    bankBelievesSeller: async () => {
      await operator.goto(`${url}/fr/operator/disputes`);
      await operator.locator('main table a').first().click();
      await operator.getByRole('button', { name: words('payments.disputes.send') }).click();
      await operator.locator('.notice[data-state=good]').waitFor();
      await askBank('win');
    },
    seesOrder: (expected) =>
      expect
        .poll(async () => {
          await buyer.goto(pages.order);
          return readOrder(buyer, expected.state);
        }, WITHIN)
        .toEqual(expected),
    seesSent: (seller, cents) =>
      expect
        .poll(async () => {
          await people[seller].goto(`${url}/fr/pro/payouts`);
          return [seller, await readSent(people[seller])];
        }, WITHIN)
        .toEqual([seller, cents]),
    seesMails: (count) => expect.poll(() => mailBox.count(BUYER), WITHIN).toBe(count),
  };

  async function askBank(choice: 'dispute' | 'win'): Promise<void> {
    await buyer.goto(pages.bank);
    const button = buyer.getByRole('button', { name: words(`shop.test.banks.${choice}`) });
    await button.click();
    await button.waitFor({ state: 'detached' });
  }
}

async function checkOut(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/fr/cart`);
  await page.getByRole('link', { name: /31\s€/u }).first().click();
  await page.getByLabel(words('shop.checkout.email')).fill(BUYER);
  const next = () =>
    page
      .getByRole('button', { name: words('shop.checkout.next') })
      .locator('visible=true')
      .click();
  await next();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await next();
  await page.locator('button[type=submit]').locator('visible=true').click();
  await page.getByText(words('shop.test.warning')).waitFor();
}

/** As its page tells: the state only if it is the one that is waited for. */
async function readOrder(page: Page, state: SeenOrder['state']): Promise<Partial<SeenOrder>> {
  const title = words(`shop.order.state.${state}.title`, { count: 7 }).replace('7', '\\d+');
  const headline = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  const total = (await page.locator('.sums .sum').first().textContent()) ?? '';
  return {
    ...(new RegExp(title, 'u').test(headline) ? { state } : {}),
    files: await page.locator('a[href^="/api/downloads/"][aria-label]').count(),
    paidCents: readCents(total),
  };
}

async function readSent(page: Page): Promise<number> {
  const figure = page.locator('.figure', { hasText: words('payouts.balance.onItsWayNote') });
  if ((await figure.count()) === 0) return 0;
  return readCents((await figure.locator('dd').first().textContent()) ?? '');
}

/** "21,60 €" → 2160; the last amount of the text. */
function readCents(text: string): number {
  const found = [...text.matchAll(/(\d+)(?:,(\d{2}))?\s*€/gu)].at(-1);
  return found ? Number(found[1]) * 100 + Number(found[2] ?? 0) : Number.NaN;
}
