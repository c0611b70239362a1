import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { createEvent, importStartList, signUp, uploadPhotos } from './as-photographer.ts';
import { checkPage } from './check-page.ts';
import { openShop, type Shop, type Stage } from './open-shop.ts';
import { wordsOf } from './words.ts';

/** Who is on which photo: 101 on three, 102 on four. */
const BIBS = ['101', '101', '101', '102', '102', '102', '102'];
const START_LIST = 'Dossard;Nom;Prénom;Sexe;Course\r\n101;MARTIN;Chloé;F;10 km\r\n102;DUPRÉ;Hugo;M;10 km\r\n';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());

const STAGES = (['fr', 'en'] as const).flatMap((locale) => [360, 1440].map((width) => ({ locale, width })));

describe.each(STAGES)('from sign-up to the originals, in $locale at $width px', ({ locale, width }) => {
  test('a photographer sells, a runner finds, pays and downloads byte-identical photos', async () => {
    const stage = { locale, width, words: wordsOf(locale), name: `${locale}${width}` };
    const photos = await drawPhotos(stage);
    const slug = await sellPhotos(stage, photos);
    await buyPhotos(stage, slug, photos);
  });
});

interface DrawnPhoto {
  path: string;
  sha256: string;
}

async function drawPhotos(stage: Stage): Promise<DrawnPhoto[]> {
  const drawn = BIBS.map(async (bib, index) => {
    const path = join(shop.folder, `${stage.name}-${index}.jpg`);
    const bytes = await drawPlainPhoto({ seed: `${stage.name}/${index}`, text: bib });
    await writeFile(path, bytes);
    return { path, sha256: sha256(bytes) };
  });
  return Promise.all(drawn);
}

/** The photographer's half; answers the event's slug. */
function sellPhotos(stage: Stage, photos: DrawnPhoto[]): Promise<string> {
  return shop.visit(stage, async (page) => {
    await signUp(shop, stage, page);
    await createEvent(shop, stage, page);
    await importStartList(stage, page, { csv: START_LIST, runners: 2 });
    const slug = await publish(stage, page);
    const paths = photos.map(({ path }) => path);
    await uploadPhotos(stage, page, paths);
    // The same files again: found by their hash before any byte travels.
    await page.locator('input[type=file]').first().setInputFiles(paths);
    await page.getByText(stage.words('upload.steps.duplicates', { count: paths.length })).waitFor();
    return slug;
  });
}

async function publish({ words }: Stage, page: Page): Promise<string> {
  await page.getByRole('link', { name: words('pro.tabs.overview'), exact: true }).click();
  await page.getByRole('button', { name: words('pro.moves.publish') }).click();
  const link = page.getByRole('link', { name: words('pro.event.publicPage') });
  await link.waitFor();
  const path = (await link.getAttribute('href')) ?? '';
  await expectStatus(path, 200);
  await page.getByRole('button', { name: words('pro.moves.unpublish') }).click();
  await link.waitFor({ state: 'detached' });
  await expectStatus(path, 404);
  await page.getByRole('button', { name: words('pro.moves.publish') }).click();
  await link.waitFor();
  await expectStatus(path, 200);
  return path.split('/').at(-1) ?? '';
}

/** A kept page may answer for some seconds more, far less than the half minute of an untouched one. */
async function expectStatus(path: string, status: number): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${shop.server.url}${path}`)).status, { timeout: 12_000, interval: 300 })
    .toBe(status);
}

function buyPhotos(stage: Stage, slug: string, photos: DrawnPhoto[]): Promise<void> {
  return shop.visit(stage, async (page) => {
    await chooseTwoByBib(stage, page, slug);
    await choosePackByName(stage, page, slug);
    await payInTest(stage, page);
    await downloadAll(stage, page, photos);
  });
}

async function chooseTwoByBib({ words, locale }: Stage, page: Page, slug: string): Promise<void> {
  await page.goto(`${shop.server.url}/${locale}/events/${slug}`);
  await checkPage(page);
  await page.getByLabel(words('public.search.bib')).first().fill('101');
  await page.getByRole('button', { name: words('public.search.mine') }).click();
  await page.getByRole('heading', { name: words('public.runner.photos', { count: 3 }) }).waitFor();
  await checkPage(page);
  for (const number of [1, 2]) {
    await page.getByRole('button', { name: words('public.photo.addNumber', { number }) }).click();
    await page.getByRole('button', { name: words('public.photo.removeNumber', { number }) }).waitFor();
  }
}

async function choosePackByName({ words, locale, width }: Stage, page: Page, slug: string): Promise<void> {
  await page.goto(`${shop.server.url}/${locale}/events/${slug}/search?q=dupre`);
  await checkPage(page);
  await page.getByRole('link', { name: /102/ }).first().click();
  await page.getByRole('heading', { name: words('public.runner.photos', { count: 4 }) }).waitFor();
  const price = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'EUR',
    maximumFractionDigits: 0,
  }).format(24);
  const take = width < 1000 ? words('public.offer.pay') : words('public.offer.takeAll', { count: 4, price });
  await page.getByRole('button', { name: take }).first().click();
  await page
    .getByRole('link', { name: words('public.offer.toCart') })
    .first()
    .click();
}

async function payInTest({ words, locale, name }: Stage, page: Page): Promise<void> {
  await page.getByRole('heading', { name: words('shop.cart.title') }).waitFor();
  await checkPage(page);
  // Two photos at 7 € and one runner's whole set at 24 €.
  await page.getByText(/38/).first().waitFor();
  await page.getByRole('link', { name: /38/ }).first().click();
  await page.getByLabel(words('shop.checkout.email')).fill(`runner-${name}@example.org`);
  await checkPage(page);
  await page
    .getByRole('button', { name: words('shop.checkout.next') })
    .locator('visible=true')
    .click();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page
    .getByRole('button', { name: words('shop.checkout.next') })
    .locator('visible=true')
    .click();
  await page.locator('button[type=submit]').locator('visible=true').click();
  await page.getByText(words('shop.test.warning')).waitFor();
  await checkPage(page);
  expect(page.url()).toContain(`/${locale}/test-payment/`);
  await page.getByRole('button', { name: words('shop.test.succeed') }).click();
  await page
    .getByRole('heading', { name: words('shop.order.state.paid.title', { count: 6 }) })
    .waitFor({ timeout: 60_000 });
  await checkPage(page);
}

async function downloadAll({ locale, name }: Stage, page: Page, photos: DrawnPhoto[]): Promise<void> {
  const mail = await shop.mailBox.read(`runner-${name}@example.org`, /\/orders\//);
  const address = new RegExp(`${shop.server.url}/${locale}/orders/[\\w-]+`).exec(mail)?.[0] ?? '';
  expect(address).not.toBe('');
  await page.goto(address);
  const known = new Set(photos.map((photo) => photo.sha256));
  const zip = await download(page, () =>
    page.locator('a[href^="/api/downloads/"]:not([aria-label])').click(),
  );
  const entries = await readZip(zip);
  expect(entries).toHaveLength(6);
  for (const entry of entries) expect(known).toContain(sha256(entry));
  expect(new Set(entries.map(sha256)).size).toBe(6);
  const links = await page.locator('a[href^="/api/downloads/"][aria-label]').all();
  expect(links).toHaveLength(6);
  const singles = new Set<string>();
  for (const link of links) singles.add(sha256(await readFile(await download(page, () => link.click()))));
  expect(singles).toEqual(new Set(entries.map(sha256)));
}

async function download(page: Page, click: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  const failure = await file.failure();
  if (failure) throw new Error(`the download of ${file.url()} failed: ${failure}`);
  return file.path();
}

function readZip(path: string): Promise<Buffer[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: true }, (error, zip) => {
      if (error) return reject(error);
      const entries: Buffer[] = [];
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (failure, stream) => {
          if (failure) return reject(failure);
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(Buffer.from(chunk));
          entries.push(Buffer.concat(chunks));
          zip.readEntry();
        });
      });
      zip.on('end', () => resolve(entries));
      zip.on('error', reject);
      zip.readEntry();
    });
  });
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
