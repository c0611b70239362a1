import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yauzl from 'yauzl';
import { buildPages } from '../../scripts/build-pages.ts';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { type StartedProcess, startWeb } from '../processes/start-process.ts';
import { checkPage } from './check-page.ts';
import { openBrowser } from './open-browser.ts';
import { type MailBox, openMailBox } from './receive-mail.ts';
import { watchPage } from './watch-page.ts';
import { type Words, wordsOf } from './words.ts';

/** Who is on which photo: 101 on three, 102 on four. */
const BIBS = ['101', '101', '101', '102', '102', '102', '102'];
const START_LIST = 'Dossard;Nom;Prénom;Sexe;Course\r\n101;MARTIN;Chloé;F;10 km\r\n102;DUPRÉ;Hugo;M;10 km\r\n';

let folder: string;
let mailBox: MailBox;
let server: StartedProcess;
let browser: Browser;

beforeAll(async () => {
  buildPages({ quiet: true });
  folder = await mkdtemp(join(tmpdir(), 'story-'));
  mailBox = await openMailBox();
  server = await startWeb({
    DATA_DIR: join(folder, 'data'),
    SMTP_URL: mailBox.url,
    EMAIL_FROM: 'Focus Racer <photos@example.org>',
    ALLOW_TEST_PAYMENTS: 'true',
    LOG_LEVEL: 'warn',
  });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop('SIGTERM');
  await mailBox?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Stage {
  locale: 'fr' | 'en';
  width: number;
  words: Words;
  /** Unlike those of the other stages. */
  name: string;
}

const STAGES = (['fr', 'en'] as const).flatMap((locale) => [360, 1440].map((width) => ({ locale, width })));

describe.each(STAGES)('from sign-up to the originals, in $locale at $width px', ({ locale, width }) => {
  test('a photographer sells, a runner finds, pays and downloads byte-identical photos', async () => {
    const stage = { locale, width, words: wordsOf(locale), name: `${locale}${width}` };
    const photos = await drawPhotos(stage);
    const slug = await sellPhotos(stage, photos);
    await buyPhotos(stage, slug, photos);
  });
});

interface Visit {
  page: Page;
  context: BrowserContext;
  faults: string[];
}

interface DrawnPhoto {
  path: string;
  sha256: string;
}

async function drawPhotos(stage: Stage): Promise<DrawnPhoto[]> {
  const drawn = BIBS.map(async (bib, index) => {
    const path = join(folder, `${stage.name}-${index}.jpg`);
    const bytes = await drawPlainPhoto({ seed: `${stage.name}/${index}`, text: bib });
    await writeFile(path, bytes);
    return { path, sha256: sha256(bytes) };
  });
  return Promise.all(drawn);
}

/** The photographer's half; answers the event's slug. */
async function sellPhotos(stage: Stage, photos: DrawnPhoto[]): Promise<string> {
  const visit = await openVisit(stage);
  const { page, faults } = visit;
  const slug = await tellWhere(visit, async () => {
    await signUp(stage, page);
    await createEvent(stage, page);
    await importStartList(stage, page);
    const published = await publish(stage, page);
    await uploadPhotos(stage, page, photos);
    return published;
  });
  expect(faults, server.output().slice(-3000)).toEqual([]);
  await visit.context.close();
  return slug;
}

async function signUp({ words, locale, name }: Stage, page: Page): Promise<void> {
  const email = `photographer-${name}@example.org`;
  const password = 'des photos au bord du lac';
  await page.goto(`${server.url}/${locale}/sign-up`);
  await page.getByLabel(words('account.name')).fill(`Atelier ${name}`);
  await page.getByLabel(words('account.email')).fill(email);
  await page.getByLabel(words('account.password')).fill(password);
  await checkPage(page);
  await page.getByRole('button', { name: words('account.signUp.submit') }).click();
  await page.getByText(words('account.signUp.checkMail')).waitFor();
  const mail = await mailBox.read(email, /verify-address\?token=/);
  await page.goto(/https?:\S+verify-address\?token=[\w-]+/.exec(mail)?.[0] ?? '');
  await page.getByRole('button', { name: words('account.verify.submit') }).click();
  await page.getByText(words('account.signIn.after.verified')).waitFor();
  await page.getByLabel(words('account.email')).fill(email);
  await page.getByLabel(words('account.password')).fill(password);
  await page.getByRole('button', { name: words('account.signIn.submit') }).click();
  await page.getByRole('heading', { name: words('pro.dashboard.emptyTitle') }).waitFor();
  await checkPage(page);
}

async function createEvent({ words, locale, name }: Stage, page: Page): Promise<void> {
  await page.goto(`${server.url}/${locale}/pro/events/new`);
  await page.getByLabel(words('pro.form.name'), { exact: true }).first().fill(`Course ${name}`);
  await page.getByLabel(words('pro.form.place')).fill('Annecy');
  await page.getByLabel(words('pro.form.startsAt')).fill('2026-05-17T09:00');
  await page.getByLabel(words('pro.form.photoPrice')).fill('7');
  await page.getByLabel(words('pro.form.allPhotosPrice')).fill('24');
  await checkPage(page);
  await page.getByRole('button', { name: words('pro.form.create') }).click();
  await page.getByRole('heading', { name: `Course ${name}` }).waitFor();
  await checkPage(page);
}

async function importStartList({ words }: Stage, page: Page): Promise<void> {
  await page.getByRole('link', { name: words('pro.tabs.startList'), exact: true }).click();
  await page
    .getByLabel(words('pro.import.file'))
    .setInputFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(START_LIST) });
  await page.getByRole('button', { name: words('pro.import.confirm', { count: 2 }) }).click();
  await page
    .getByText(words('pro.startList.title', { count: 2 }))
    .first()
    .waitFor();
  await checkPage(page);
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
    .poll(async () => (await fetch(`${server.url}${path}`)).status, { timeout: 12_000, interval: 300 })
    .toBe(status);
}

async function uploadPhotos({ words }: Stage, page: Page, photos: DrawnPhoto[]): Promise<void> {
  await page.getByRole('link', { name: words('pro.tabs.photos'), exact: true }).click();
  const files = page.locator('input[type=file]').first();
  await files.setInputFiles(photos.map(({ path }) => path));
  await page
    .getByText(words('upload.ready', { count: photos.length }), { exact: true })
    .first()
    .waitFor({ timeout: 180_000 });
  await checkPage(page);
  // The same files again: found by their hash before any byte travels.
  await files.setInputFiles(photos.map(({ path }) => path));
  await page.getByText(words('upload.steps.duplicates', { count: photos.length })).waitFor();
}

async function buyPhotos(stage: Stage, slug: string, photos: DrawnPhoto[]): Promise<void> {
  const visit = await openVisit(stage);
  const { page, faults } = visit;
  await tellWhere(visit, async () => {
    await chooseTwoByBib(stage, page, slug);
    await choosePackByName(stage, page, slug);
    await payInTest(stage, page);
    await downloadAll(stage, page, photos);
  });
  expect(faults, server.output().slice(-3000)).toEqual([]);
  await visit.context.close();
}

async function chooseTwoByBib({ words, locale }: Stage, page: Page, slug: string): Promise<void> {
  await page.goto(`${server.url}/${locale}/events/${slug}`);
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
  await page.goto(`${server.url}/${locale}/events/${slug}/search?q=dupre`);
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
  const mail = await mailBox.read(`runner-${name}@example.org`, /\/orders\//);
  const address = new RegExp(`${server.url}/${locale}/orders/[\\w-]+`).exec(mail)?.[0] ?? '';
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

/** A failure says what the page showed, and leaves a picture of it. */
async function tellWhere<Result>({ page, faults }: Visit, steps: () => Promise<Result>): Promise<Result> {
  try {
    return await steps();
  } catch (error) {
    const picture = join(tmpdir(), `story-${Date.now()}.png`);
    await page.screenshot({ path: picture, fullPage: true }).catch(() => undefined);
    const shown = await page
      .locator('body')
      .textContent()
      .catch(() => null);
    throw new Error(`at ${page.url()}, ${picture}\n${faults.join('\n')}\n${shown?.slice(0, 1500)}`, {
      cause: error,
    });
  }
}

async function openVisit({ width, locale }: Stage): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 780 : 900 },
    locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  return { page, context, faults: watchPage(page) };
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
