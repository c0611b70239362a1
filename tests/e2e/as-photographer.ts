import type { Page } from 'playwright-core';
import { checkPage } from './check-page.ts';
import type { Shop, Stage } from './open-shop.ts';

/** Signs up, confirms the address by mail, and signs in. */
export async function signUp(
  { server, mailBox }: Shop,
  { words, locale, name }: Stage,
  page: Page,
): Promise<void> {
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

export async function createEvent(
  { server }: Shop,
  { words, locale, name }: Stage,
  page: Page,
): Promise<void> {
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

/** From any page of the event. `runners`: how many the list holds. */
export async function importStartList(
  { words }: Stage,
  page: Page,
  { csv, runners }: { csv: string; runners: number },
): Promise<void> {
  await page.getByRole('link', { name: words('pro.tabs.startList'), exact: true }).click();
  await page
    .getByLabel(words('pro.import.file'))
    .setInputFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await page.getByRole('button', { name: words('pro.import.confirm', { count: runners }) }).click();
  await page
    .getByText(words('pro.startList.title', { count: runners }))
    .first()
    .waitFor();
  await checkPage(page);
}

/** From any page of the event; waits until all of them are ready. */
export async function uploadPhotos({ words }: Stage, page: Page, paths: string[]): Promise<void> {
  await page.getByRole('link', { name: words('pro.tabs.photos'), exact: true }).click();
  await page.locator('input[type=file]').first().setInputFiles(paths);
  await page
    .getByText(words('upload.ready', { count: paths.length }), { exact: true })
    .first()
    .waitFor({ timeout: 180_000 });
  await checkPage(page);
}
