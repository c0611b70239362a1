import { randomBytes } from 'node:crypto';
import { test } from 'vitest';
import { until } from '../doubles/until.ts';
import { type Random, randomFrom } from '../fixtures/paint/random.ts';
import { drawPlainPhoto } from '../fixtures/plain-photo.ts';
import { openSeller } from './open-seller.ts';
import { openStage } from './open-stage.ts';
import {
  expectBooksInOrder,
  expectJobsForAllUnderWay,
  expectNoOrphans,
  expectOriginalKept,
  listPhotoRows,
} from './photo-books.ts';
import { type PhotoFile, type SentPhoto, sendUntilTaken } from './send-photos.ts';
import type { StartedProcess } from './start-process.ts';

const KILLS = 5;
/** Sent anew in each round: with their tails, more bytes than the latest kill waits for. */
const PHOTOS_PER_KILL = 3;
const PHOTOS = KILLS * PHOTOS_PER_KILL;
/** What follows the picture in each file, so that a file is long enough to be cut in the middle. */
const TAIL_BYTES = 400_000;
const LIMIT_MS = 600_000;

for (const database of ['pglite', 'postgres'] as const) {
  test.concurrent(`F1, UP-01, UP-03, Q-06: a web process killed while photos come in loses none and charges none twice (${database})`, {
    timeout: LIMIT_MS,
  }, async ({ expect, onTestFinished }) => {
    const random = randomFrom(`killed-web-${database}`);
    const stage = await openStage({ database, storage: 'local', env: { AI_MAX_CONCURRENT: '1' } });
    onTestFinished(() => stage.close());
    const seller = await stage.look(openSeller);
    const files = await drawFiles(random);
    let web = await stage.startWeb();
    const { url } = web;
    const port = new URL(url).port;
    const target = { url, cookie: seller.cookie, eventId: seller.event.id };

    const acknowledged: (SentPhoto & { photoId: string })[] = [];
    for (let round = 0; round < KILLS; round += 1) {
      // In turns: in the middle of bytes, and in the moment of an answer.
      const limit = round % 2 === 0 ? random.whole(1, 2 * TAIL_BYTES) : Number.POSITIVE_INFINITY;
      const trigger = newTrigger(web, limit);
      const sending = sendUntilTaken(
        target,
        files.slice(round * PHOTOS_PER_KILL, (round + 1) * PHOTOS_PER_KILL),
        {
          atOnce: 3,
          limitMs: LIMIT_MS / 2,
          onBytes: (count) => trigger.onBytes(count),
          onAnswer: (answer) => {
            if (answer.outcome !== 'refused') acknowledged.push(answer);
            trigger.onAnswer();
          },
        },
      );
      await trigger.pulled;
      await web.stop('SIGKILL');
      if (database === 'postgres') await stage.look(expectJobsForAllUnderWay);
      web = await stage.startWeb({ PORT: port });
      await sending;
    }
    await until(() => isProcessed(target), LIMIT_MS / 2);
    expect((await web.stop('SIGTERM')).code).toBe(0);

    await stage.look(async (ctx) => {
      const kept = await listPhotoRows(ctx, seller.event.id);
      expect(new Map(acknowledged.map((answer) => [answer.photoId, answer.sha256]))).toEqual(
        new Map(kept.map((photo) => [photo.id, photo.sha256])),
      );
      expect(kept).toHaveLength(PHOTOS);
      for (const photo of kept) await expectOriginalKept(ctx, photo);
      await expectBooksInOrder(ctx, seller.event.id);
      await expectNoOrphans(ctx);
    });
  });
}

/** Kills the process with the byte or the answer it waits for, in that very moment. */
function newTrigger(web: StartedProcess, limitBytes: number) {
  let pull: () => void = () => undefined;
  const pulled = new Promise<void>((resolve) => {
    pull = resolve;
  });
  const kill = () => {
    if (web.isAlive()) process.kill(web.pid, 'SIGKILL');
    pull();
  };
  let seenBytes = 0;
  return {
    pulled,
    onBytes(count: number) {
      seenBytes += count;
      if (seenBytes >= limitBytes) kill();
    },
    onAnswer() {
      if (limitBytes === Number.POSITIVE_INFINITY) kill();
    },
  };
}

async function isProcessed(target: { url: string; cookie: string; eventId: string }): Promise<boolean> {
  const answer = await fetch(`${target.url}/api/uploads/progress/${target.eventId}`, {
    headers: { cookie: target.cookie },
  });
  const progress: { total: number; processedShare: number } = await answer.json();
  return progress.total === PHOTOS && progress.processedShare === 1;
}

function drawFiles(random: Random): Promise<PhotoFile[]> {
  return Promise.all(
    Array.from({ length: PHOTOS }, async (_, index) => {
      const text = String(random.whole(100, 9999));
      const photo = await drawPlainPhoto({ seed: `killed-${index}`, widthPx: 480, heightPx: 320, text });
      return { fileName: `IMG_${index}.jpg`, bytes: Buffer.concat([photo, randomBytes(TAIL_BYTES)]) };
    }),
  );
}
