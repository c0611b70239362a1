import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { buildPages } from '../../scripts/build-pages.ts';
import { type StartedProcess, startWeb } from '../processes/start-process.ts';
import { openBrowser } from './open-browser.ts';
import { type MailBox, openMailBox } from './receive-mail.ts';
import { watchPage } from './watch-page.ts';
import type { Words } from './words.ts';

/** Who looks, in which language and on how wide a screen. */
export interface Stage {
  locale: 'fr' | 'en';
  width: number;
  words: Words;
  /** Unlike those of the other stages. */
  name: string;
}

/** A whole server with a browser before it, and its own files and mail. */
export interface Shop {
  folder: string;
  server: StartedProcess;
  mailBox: MailBox;
  /** A visitor's own browser window: no page of it may have failed when the steps are done. */
  visit<Result>(stage: Stage, steps: (page: Page) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  buildPages({ quiet: true });
  const folder = await mkdtemp(join(tmpdir(), 'story-'));
  const mailBox = await openMailBox();
  const server = await startWeb({
    DATA_DIR: join(folder, 'data'),
    SMTP_URL: mailBox.url,
    EMAIL_FROM: 'Focus Racer <photos@example.org>',
    ALLOW_TEST_PAYMENTS: 'true',
    LOG_LEVEL: 'warn',
  });
  const browser = await openBrowser();
  return {
    ...{ folder, server, mailBox },
    visit: (stage, steps) => visit({ browser, server }, stage, steps),
    close: async () => {
      await browser.close();
      await server.stop('SIGTERM');
      await mailBox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function visit<Result>(
  { browser, server }: { browser: Browser; server: StartedProcess },
  { width, locale }: Stage,
  steps: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({
    viewport: { width, height: width < 500 ? 780 : 900 },
    locale: locale === 'fr' ? 'fr-FR' : 'en-GB',
    acceptDownloads: true,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const faults = watchPage(page);
  const result = await tellWhere(page, faults, () => steps(page));
  expect(faults, server.output().slice(-3000)).toEqual([]);
  await context.close();
  return result;
}

/** A failure says what the page showed, and leaves a picture of it. */
async function tellWhere<Result>(
  page: Page,
  faults: string[],
  steps: () => Promise<Result>,
): Promise<Result> {
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
