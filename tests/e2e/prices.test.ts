import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatMoney } from '#ui/format-money.ts';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { createEvent, importStartList, signUp, uploadPhotos } from './as-photographer.ts';
import { checkPage } from './check-page.ts';
import { openShop, type Shop, type Stage } from './open-shop.ts';
import { wordsOf } from './words.ts';

const START_LIST = 'Dossard;Nom;Prénom;Sexe;Course\r\n101;MARTIN;Chloé;F;10 km\r\n';
const PHOTOS = 4;
const stage: Stage = { locale: 'en', width: 360, words: wordsOf('en'), name: 'prices' };
const money = (cents: number) => formatMoney(cents, 'eur', stage.locale);

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());

test('sizes, a pack and a promo code: the cart says why, and what it shows is what is charged', async () => {
  const slug = await shop.visit(stage, sell);
  await shop.visit(stage, (page) => buy(page, slug));
});

async function sell(page: Page): Promise<string> {
  await signUp(shop, stage, page);
  await createEvent(shop, stage, page);
  await setPrices(page);
  await makeCode(page);
  await importStartList(stage, page, { csv: START_LIST, runners: 1 });
  await page.getByRole('link', { name: stage.words('pro.tabs.overview'), exact: true }).click();
  await page.getByRole('button', { name: stage.words('pro.moves.publish') }).click();
  const link = page.getByRole('link', { name: stage.words('pro.event.publicPage') });
  await link.waitFor();
  const path = (await link.getAttribute('href')) ?? '';
  await uploadPhotos(stage, page, await drawPhotos());
  return path.split('/').at(-1) ?? '';
}

async function setPrices(page: Page): Promise<void> {
  const { words } = stage;
  await page.getByRole('link', { name: words('pro.tabs.prices'), exact: true }).click();
  await page.getByLabel(words('prices.single.web'), { exact: true }).fill('3');
  await page.getByRole('button', { name: words('prices.packs.add') }).click();
  await page.getByLabel(words('prices.packs.photos'), { exact: true }).fill('3');
  await page.getByLabel(words('prices.packs.price')).fill('25');
  await page
    .getByText(
      words('prices.simulation.uselessPack', {
        photos: 3,
        size: words('prices.sizes.original').toLowerCase(),
        price: money(2_500),
        without: money(2_100),
      }),
    )
    .waitFor();
  await page.getByLabel(words('prices.packs.price')).fill('15');
  // Nothing is saved yet, and the table follows.
  await page.getByRole('row', { name: new RegExp(`^3 ${money(1_500)} `) }).waitFor();
  await checkPage(page);
  await page.getByRole('button', { name: words('prices.save') }).click();
  await page.getByText(words('prices.saved')).waitFor();
}

async function makeCode(page: Page): Promise<void> {
  const { words } = stage;
  await page.getByText(words('prices.promo.new')).click();
  await page.getByLabel(words('prices.promo.code'), { exact: true }).fill('club10');
  await page.getByLabel(words('prices.promo.offPercent'), { exact: true }).fill('10');
  await page.getByRole('button', { name: words('prices.promo.create') }).click();
  await page.getByText('CLUB10').waitFor();
  await checkPage(page);
}

function drawPhotos(): Promise<string[]> {
  return Promise.all(
    Array.from({ length: PHOTOS }, async (_, index) => {
      const path = join(shop.folder, `prices-${index}.jpg`);
      await writeFile(path, await drawPlainPhoto({ seed: `prices/${index}`, text: '101' }));
      return path;
    }),
  );
}

async function buy(page: Page, slug: string): Promise<void> {
  await page.goto(`${shop.server.url}/en/events/${slug}/bib/101`);
  for (const number of [1, 2, 3]) await addPhoto(page, number);
  await page.getByRole('radio', { name: stage.words('public.offer.size.web') }).check();
  await addPhoto(page, 4);
  await checkPage(page);
  await page.goto(`${shop.server.url}/en/cart`);
  // Three originals as a pack, and a photo in web size.
  await page.getByText(stage.words('shop.cart.off.pack')).waitFor();
  await payLink(page, 1_800).waitFor();
  await giveCode(page, 'nothing-like-it');
  await page.getByText(stage.words('shop.promo.refused.unknown', { code: 'NOTHING-LIKE-IT' })).waitFor();
  await page
    .getByRole('button', { name: stage.words('shop.promo.removeCode', { code: 'NOTHING-LIKE-IT' }) })
    .click();
  await giveCode(page, 'club 10');
  await page.getByText(stage.words('shop.promo.holds', { code: 'CLUB10', price: money(180) })).waitFor();
  await checkPage(page);
  await payLink(page, 1_620).click();
  await checkOut(page);
  await page.getByText(stage.words('shop.test.amount', { price: money(1_620) })).waitFor();
}

async function addPhoto(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: stage.words('public.photo.addNumber', { number }) }).click();
  await page.getByRole('button', { name: stage.words('public.photo.removeNumber', { number }) }).waitFor();
}

function payLink(page: Page, cents: number) {
  return page.getByRole('link', { name: stage.words('shop.cart.pay', { price: money(cents) }) });
}

async function giveCode(page: Page, code: string): Promise<void> {
  await page.getByText(stage.words('shop.promo.open')).click();
  await page.getByLabel(stage.words('shop.promo.label')).fill(code);
  await page.getByRole('button', { name: stage.words('shop.promo.apply') }).click();
}

/** With an invoice made out to somebody. */
async function checkOut(page: Page): Promise<void> {
  const { words } = stage;
  const next = page.getByRole('button', { name: words('shop.checkout.next') }).locator('visible=true');
  await page.getByLabel(words('shop.checkout.email')).fill('runner-prices@example.org');
  await page.getByText(words('shop.checkout.billing.open')).click();
  await next.click();
  // An invoice that is asked for needs to say for whom.
  expect(await page.getByLabel(words('shop.checkout.email')).isVisible()).toBe(true);
  await page.getByLabel(words('shop.checkout.billing.name')).fill('Club des Foulées');
  await page.getByLabel(words('shop.checkout.billing.address')).fill('1 rue du Lac, 74000 Annecy');
  await checkPage(page);
  await next.click();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await next.click();
  await page.locator('button[type=submit]').locator('visible=true').click();
  await page.getByText(words('shop.test.warning')).waitFor();
}
