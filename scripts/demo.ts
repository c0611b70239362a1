import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { buildPages } from './build-pages.ts';

const PROCESSING_LIMIT_MS = 20 * 60_000;

Object.assign(process.env, {
  NODE_ENV: 'production',
  ALLOW_TEST_PAYMENTS: 'true',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
});
buildPages({ quiet: true });
// The settings above are read when these are first imported.
await import('../src/server.ts');
const { currentContext } = await import('../src/context.ts');
const { getPhotoCounts } = await import('../src/domain/photos/get-photo-counts.ts');
const { sendPhotos } = await import('../tests/processes/send-photos.ts');
const { openDemoAccounts, openSession } = await import('./demo/demo-accounts.ts');
const { openDemoEvent } = await import('./demo/open-event.ts');
const { planDemoEvent } = await import('./demo/demo-event.ts');
const { DEMO_PROMO_CODE } = await import('./demo/open-sale.ts');
const { listDemoPhotos } = await import('./demo/list-photos.ts');

const ctx = currentContext();
const url = ctx.config.publicUrl;
const accounts = await openDemoAccounts(ctx);
const photographer = accounts.find(({ role }) => role === 'PHOTOGRAPHER');
if (!photographer) throw new Error('the demo has no photographer');
const cookie = await openSession(ctx, photographer);
const event = await openDemoEvent(ctx, cookie);

console.log(`
  Focus Racer runs at ${url}

  The event, filling while you look    ${url}/fr/events/${event.slug}
  The photographer's page of it        ${url}/fr/pro/events/${event.id}/photos
  The operator's pages                 ${url}/fr/${ctx.config.adminPath}
  A promo code for the cart            ${DEMO_PROMO_CODE}
`);
for (const { role, email, password } of accounts) {
  console.log(`  ${role.toLowerCase().padEnd(14)} ${email.padEnd(28)} ${password}`);
}
console.log('\n  No money moves: payments go to the test provider. Ctrl+C stops it; the data stay.\n');

await fillEvent();
const bib = planDemoEvent().shots.length > 0 ? await findWellKnownBib() : null;
if (bib) console.log(`\n  A runner with several photos         ${url}/fr/events/${event.slug}/bib/${bib}\n`);

/** Sends every photo as it is drawn, then waits until the engine has read them all. */
async function fillEvent(): Promise<void> {
  const total = planDemoEvent().shots.length;
  const bar = new SingleBar({
    format: '  {bar} {value} of {total} photos read, {sent} sent',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(total, 0, { sent: 0 });
  let sent = 0;
  const folder = join(ctx.config.dataDir, 'demo-photos');
  for await (const path of listDemoPhotos(folder)) {
    const file = { fileName: basename(path), bytes: await readFile(path) };
    const [answer] = await sendPhotos({ url, cookie, eventId: event.id }, [file]);
    if (answer?.outcome === 'refused') throw new Error(`${file.fileName} was refused: ${answer.reason}`);
    sent += 1;
    bar.update(await countRead(), { sent });
  }
  const limit = Date.now() + PROCESSING_LIMIT_MS;
  for (let read = await countRead(); read < total; read = await countRead()) {
    if (Date.now() > limit)
      throw new Error(`only ${read} of ${total} photos were read in ${PROCESSING_LIMIT_MS / 60_000} minutes`);
    bar.update(read, { sent });
    await sleep(500);
  }
  bar.update(total, { sent });
  bar.stop();
}

async function countRead(): Promise<number> {
  const counts = await getPhotoCounts(ctx, { eventId: event.id });
  return counts.ready + counts.failed;
}

/** Among the runners photographed most, one the engine found at least three times. */
async function findWellKnownBib(): Promise<string | null> {
  const { listRunnerPhotos } = await import('../src/domain/matching/list-runner-photos.ts');
  for (const { bib } of planDemoEvent().startList) {
    const { photos } = await listRunnerPhotos(ctx, { eventId: event.id, bib });
    if (photos.length >= 3) return bib;
  }
  return null;
}
