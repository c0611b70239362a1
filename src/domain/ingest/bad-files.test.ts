import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { creditBalances } from '#domain/credits/tables.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { photos } from '#domain/photos/tables.ts';
import { isDomainError } from '#platform/errors.ts';
import { createEnginePool } from '#vision/engine-pool.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makeEvent, makePro } from '../../../tests/factories.ts';
import { drawBadImages } from '../../../tests/fixtures/bad-images.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { announceUploads } from './announce-uploads.ts';
import { finishUpload } from './finish-upload.ts';
import { ingestJobs } from './jobs.ts';

const engine = createEnginePool({ lanes: 2, timeLimitMs: 120_000 });
afterAll(() => engine.close());

type End = 'refused' | 'failed' | 'ready' | 'already-uploaded';

/** A seller with more credits than files, and the whole way of a file: announced, sent, read. */
async function openWay() {
  const base = await createTestContext({ engine });
  const { organisation, actor } = await makePro(base);
  const credits = 1000;
  await base.db.insert(creditBalances).values({ organisationId: organisation.id, credits });
  const event = await makeEvent(base, { organisationId: organisation.id });
  const ctx = withActor(base, actor);
  const folder = await mkdtemp(join(tmpdir(), 'bad-files-'));

  /** Gives the photo's id when there is one to be read. */
  async function send(fileName: string, bytes: Buffer): Promise<{ end: End } | { photoId: string }> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = { fileName, sizeBytes: bytes.length, sha256 };
    const [answer] = await announceUploads(ctx, { eventId: event.id, files: [file] });
    if (answer?.outcome !== 'open') return { end: answer?.outcome ?? 'refused' };
    const path = join(folder, answer.uploadId);
    await writeFile(path, bytes);
    try {
      const { photoId } = await finishUpload(ctx, { uploadId: answer.uploadId, path });
      return { photoId };
    } catch (error) {
      if (isDomainError(error) && error.code !== 'unavailable') return { end: 'refused' };
      throw error;
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Both lanes of the engine at work, until every photo that came has been read. */
  const readAll = () => Promise.all([1, 2].map(() => runJobs(base, ingestJobs as never)));

  async function endOf(photoId: string): Promise<End> {
    const [photo] = await base.db.select().from(photos).where(eq(photos.id, photoId));
    if (photo?.state === 'ready') return 'ready';
    expect(photo).toMatchObject({ state: 'failed', failureReason: expect.stringMatching(/^[a-z-]+$/) });
    return 'failed';
  }

  /** Only photos with a published tag may have cost anything; what was refused left no bytes. */
  async function expectFairness(): Promise<void> {
    const kept = await base.db.select().from(photos).where(eq(photos.eventId, event.id));
    const paid = kept.filter((photo) => photo.state === 'ready' && photo.bibs.length > 0);
    expect(await getCreditBalance(ctx)).toBe(credits - paid.length);
    const originals = [...base.storage.objects.keys()].filter((key) => key.startsWith('originals/'));
    expect(originals.sort()).toEqual(kept.map((photo) => photo.originalKey).sort());
    const counts = await getPhotoCounts(base, { eventId: event.id });
    expect(counts.ready + counts.failed).toBe(kept.length);
    await rm(folder, { recursive: true, force: true });
  }
  return { send, readAll, endOf, expectFairness };
}

describe('files that are no good photos', () => {
  test('end as ready, failed with a reason, or refused, and cost nothing when nothing was found', async () => {
    const way = await openWay();
    const sent = [];
    for (const image of await drawBadImages()) {
      sent.push({ image, answer: await way.send(`${image.name}.jpg`, image.bytes) });
    }
    await way.readAll();
    for (const { image, answer } of sent) {
      const end = 'end' in answer ? answer.end : await way.endOf(answer.photoId);
      const allowed = image.expected === 'readable' ? ['ready', 'already-uploaded'] : ['refused', 'failed'];
      expect([image.name, allowed]).toEqual([image.name, expect.arrayContaining([end])]);
    }
    await way.expectFairness();
  });
});
