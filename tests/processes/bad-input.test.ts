import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { grantCredits } from '#domain/credits/grant-credits.ts';
import { until } from '../doubles/until.ts';
import { drawBadImages } from '../fixtures/bad-images.ts';
import { residentBytes } from './find-children.ts';
import { openSeller, type Seller } from './open-seller.ts';
import { openStage, type Stage } from './open-stage.ts';
import { expectBooksInOrder, expectNoOrphans, isSettled, listPhotoRows } from './photo-books.ts';
import { type PhotoFile, sendPhotos } from './send-photos.ts';
import type { StartedProcess } from './start-process.ts';

const corpus = fileURLToPath(new URL('../../../shared/data/badinput/', import.meta.url));
/** A worker holds no picture itself: its decoders do. */
const WORKER_BYTES = 600 * 1024 * 1024;

type End = 'refused' | 'failed' | 'ready';
/** What each word of the manifest allows. */
const ENDS: Record<string, End[]> = {
  accept: ['ready'],
  reject: ['refused', 'failed'],
  'accept-or-clean-reject': ['ready', 'refused', 'failed'],
  'reject-or-flag': ['ready', 'refused', 'failed'],
  'first-frame-or-reject': ['ready', 'refused', 'failed'],
  'duplicate-of-dup-a': ['ready'],
};

describe('bad files through the door and a worker', () => {
  let stage: Stage;
  let web: StartedProcess;
  let worker: StartedProcess;

  beforeAll(async () => {
    stage = await openStage({ database: 'postgres', storage: 'local' });
    web = await stage.startWeb({ WORKERS: 'none' });
    worker = await stage.startWorker({ AI_MAX_CONCURRENT: '2' });
  });
  afterAll(() => stage?.close());

  test('our own end as photos, as failures with a reason or as refusals', async () => {
    const images = await drawBadImages();
    const ends = await run(images.map(({ name, bytes }) => ({ fileName: name, bytes })));
    for (const { name, expected } of images) {
      const allowed: End[] = expected === 'readable' ? ['ready'] : ['refused', 'failed'];
      expect([name, allowed]).toEqual([name, expect.arrayContaining([ends.get(name)?.end])]);
    }
  });

  test.runIf(existsSync(join(corpus, 'MANIFEST.tsv')))(
    'IMG-01, IMG-02: every file of ../shared/data/badinput ends as its manifest says',
    { timeout: 600_000 },
    async () => {
      const entries = readFileSync(join(corpus, 'MANIFEST.tsv'), 'utf8')
        .split('\n')
        .map((line) => line.split('\t'))
        .map(([path = '', , kind = '', expected = '']) => ({ path, kind, expected }))
        .filter(({ kind, expected }) => ENDS[expected] && !kind.startsWith('csv'));
      expect(entries.length).toBeGreaterThan(200);
      const ends = await run(
        entries.map(({ path }) => ({ fileName: nameOf(path), bytes: readFileSync(join(corpus, path)) })),
      );
      const wrong = entries
        .map(({ path, expected }) => ({ path, expected, end: ends.get(nameOf(path))?.end ?? 'refused' }))
        .filter(({ expected, end }) => !ENDS[expected]?.includes(end));
      expect(wrong).toEqual([]);
      for (const { path } of entries.filter(({ expected }) => expected === 'duplicate-of-dup-a')) {
        const first = ends.get(nameOf('generated/dup-a.jpg'))?.photoId;
        expect(ends.get(nameOf(path))?.photoId).toBe(first);
      }
    },
  );

  /** Sends the files, waits for their ends, and sees that nothing but good photos stayed or cost anything. */
  async function run(files: PhotoFile[]): Promise<Map<string, { end: End; photoId: string | null }>> {
    const seller = await stage.look(openRichSeller);
    const target = { url: web.url, cookie: seller.cookie, eventId: seller.event.id };
    const sent = await sendPhotos(target, files);
    await until(() => stage.look((ctx) => isSettled(ctx, seller.event.id)), 500_000);

    const rows = await stage.look((ctx) => listPhotoRows(ctx, seller.event.id));
    const states = new Map(rows.map((row) => [row.id, row.state === 'ready' ? 'ready' : 'failed'] as const));
    await stage.look(async (ctx) => {
      await expectBooksInOrder(ctx, seller.event.id);
      await expectNoOrphans(ctx);
    });
    expect(readdirSync(join(stage.folder, 'data/uploads/unfinished'))).toEqual([]);
    expect([web.isAlive(), worker.isAlive()]).toEqual([true, true]);
    expect(web.output()).not.toMatch(/"status":5\d\d/);
    expect(residentBytes(worker.pid)).toBeLessThan(WORKER_BYTES);
    const ends = new Map<string, { end: End; photoId: string | null }>();
    for (const answer of sent) {
      const photoId = answer.outcome === 'refused' ? null : answer.photoId;
      ends.set(answer.fileName, { end: (photoId && states.get(photoId)) || 'refused', photoId });
    }
    return ends;
  }
});

/** Two files of different folders may have one name. */
function nameOf(path: string): string {
  return `${path.split('/').at(-2)} ${basename(path)}`;
}

async function openRichSeller(ctx: Parameters<typeof openSeller>[0]): Promise<Seller> {
  const seller = await openSeller(ctx);
  const { organisationId } = seller;
  const system = withActor(ctx, { kind: 'system', name: 'test' });
  await grantCredits(system, { organisationId, credits: 1000, uniqueKey: organisationId, reason: 'test' });
  return seller;
}
