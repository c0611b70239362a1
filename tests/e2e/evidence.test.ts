import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claxOf } from '../fixtures/event/clax.ts';
import { drawEvent } from '../fixtures/event/draw-event.ts';
import { isBibHidden, planEvent } from '../fixtures/event/plan-event.ts';
import { startListCsv } from '../fixtures/event/start-list-csv.ts';
import { createEvent, importStartList, signUp, uploadPhotos } from './as-photographer.ts';
import { checkPage } from './check-page.ts';
import { openShop, type Shop, type Stage } from './open-shop.ts';
import { wordsOf } from './words.ts';

const stage: Stage = { locale: 'fr', width: 1440, words: wordsOf('fr'), name: 'evidence' };
const { words } = stage;
const DECISIONS = 10;
/** Smaller bodies stand far behind the ones that a photo is of. */
const SUBJECT_HEIGHT = 0.35;

const wish = {
  seed: 'story-2',
  photos: 36,
  runners: 60,
  longSidePx: 1500,
  startsAt: new Date('2026-05-17T07:00:00Z'),
  hiddenBibs: { allDay: 0.06, perFrame: 0.2 },
};
const event = planEvent(wish);

interface DrawnPhoto {
  path: string;
  /** Who is large enough on it to be named. */
  bibs: string[];
}

let shop: Shop;
const photos = new Map<string, DrawnPhoto>();

beforeAll(async () => {
  shop = await openShop();
  await drawEvent(wish, async ({ name, jpeg, truth }) => {
    const path = join(shop.folder, name);
    await writeFile(path, jpeg);
    const subjects = truth.runners.filter(({ personBox }) => personBox.h > SUBJECT_HEIGHT);
    photos.set(name, { path, bibs: subjects.map(({ runnerId }) => runnerId) });
  });
});
afterAll(() => shop?.close());

test('clocks solve themselves, doubts are settled by keyboard, a runner finds photos without a bib', async () => {
  const slug = await shop.visit(stage, async (page) => {
    await signUp(shop, stage, page);
    await createEvent(shop, stage, page);
    const runners = event.startList.length;
    await importStartList(stage, page, { csv: startListCsv(event), runners });
    await importTiming(page);
    const published = await publish(page);
    await uploadPhotos(
      stage,
      page,
      [...photos.values()].map(({ path }) => path),
    );
    await seeClocksSolved(page);
    await settleDoubts(page);
    return published;
  });
  await shop.visit({ ...stage, width: 360 }, (page) => findHiddenBib(page, slug));
});

async function importTiming(page: Page): Promise<void> {
  await page.getByRole('link', { name: words('pro.tabs.timing'), exact: true }).click();
  const file = { name: 'course.clax', mimeType: 'text/xml', buffer: Buffer.from(claxOf(event)) };
  await page.getByLabel(words('pro.timing.file')).setInputFiles(file);
  const count = event.passages.length;
  await page.getByRole('button', { name: words('pro.timing.confirm', { count }) }).click();
  await page.getByText(/C’est enregistré/).waitFor();
  await checkPage(page);
}

async function publish(page: Page): Promise<string> {
  await page.getByRole('link', { name: words('pro.tabs.overview'), exact: true }).click();
  await page.getByRole('button', { name: words('pro.moves.publish') }).click();
  const link = page.getByRole('link', { name: words('pro.event.publicPage') });
  await link.waitFor();
  return (await link.getAttribute('href'))?.split('/').at(-1) ?? '';
}

/** Camera A is 38.4 s fast, camera B an hour and 47.35 s slow; runners are photographed a second before they pass the mat. */
async function seeClocksSolved(page: Page): Promise<void> {
  await page.getByRole('link', { name: words('pro.tabs.clocks'), exact: true }).click();
  await page.getByRole('heading', { name: words('clocks.howTitle') }).waitFor();
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.locator('main').textContent();
      },
      { timeout: 60_000, interval: 2_000 },
    )
    .toMatch(/en avance de 3[6-9],\d[\s\S]*en retard de 1.h 0.min 4[6-9],\d/u);
  await checkPage(page);
}

async function settleDoubts(page: Page): Promise<void> {
  await page.getByRole('link', { name: words('pro.tabs.triage'), exact: true }).click();
  await page.locator('.triage-photo img').first().waitFor();
  await checkPage(page);
  for (let decided = 0; decided < DECISIONS; decided += 1) {
    const shown = await page.locator('.triage-bar').textContent();
    const name = [...photos.keys()].find((candidate) => shown?.includes(candidate)) ?? '';
    const { bibs = [] } = photos.get(name) ?? {};
    const chosen = await chosenBib(page);
    const bib = chosen !== null && bibs.includes(chosen) ? chosen : bibs[0];
    if (bib !== chosen && bib) await page.keyboard.type(bib);
    await page.keyboard.press(bib ? 'Enter' : 'n');
    await page.getByText(words('triage.decided', { count: decided + 1 })).waitFor();
  }
  await page.keyboard.press('u');
  await page.getByText(words('triage.decided', { count: DECISIONS - 1 })).waitFor();
  await page.keyboard.press('u');
  await page.getByText(words('triage.decided', { count: DECISIONS - 2 })).waitFor();
}

async function chosenBib(page: Page): Promise<string | null> {
  const chosen = page.locator('.candidate-accept[aria-current=true] .bib');
  return (await chosen.count()) > 0 ? ((await chosen.first().textContent())?.trim() ?? null) : null;
}

/** A runner whose bib is hidden on some photos, and who is alone on them as timing tells. */
async function findHiddenBib(page: Page, slug: string): Promise<void> {
  const bib = '174';
  const own = [...photos].filter(([, photo]) => photo.bibs.includes(bib)).map(([name]) => name);
  const hidden = own.filter((name) => isBibHidden(event, bib, { name }));
  expect(hidden.length).toBeGreaterThanOrEqual(2);
  await page.goto(`${shop.server.url}/fr/events/${slug}/bib/${bib}`);
  await expect
    .poll(
      async () => {
        await page.reload();
        return page.locator('a[href*="/photos/"] img').count();
      },
      { timeout: 60_000, interval: 3_000 },
    )
    .toBeGreaterThanOrEqual(own.length);
  await checkPage(page);
}
