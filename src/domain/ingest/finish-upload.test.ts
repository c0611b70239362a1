import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { creditBalances } from '#domain/credits/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { makeEvent, makePro, makeUpload } from '../../../tests/factories.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { finishUpload } from './finish-upload.ts';

test('a request refused for want of credit takes no bytes from a photo that another one makes at that moment', async () => {
  const base = await createTestContext();
  const { organisation, user, actor } = await makePro(base);
  const { id: organisationId } = organisation;
  await base.db.insert(creditBalances).values({ organisationId, credits: 0 });
  const event = await makeEvent(base, { organisationId });
  const bytes = await drawPlainPhoto({ seed: 'race', widthPx: 300, heightPx: 200 });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const upload = await makeUpload(base, {
    eventId: event.id,
    userId: user.id,
    sha256,
    sizeBytes: bytes.length,
  });
  const folder = await mkdtemp(join(tmpdir(), 'finish-'));
  const input = { uploadId: upload.id, path: join(folder, 'photo') };
  await writeFile(input.path, bytes);
  const other = withActor(base, actor);
  let otherEnded: Promise<unknown> = Promise.resolve();
  const slow = {
    ...other,
    storage: {
      ...base.storage,
      async remove(keys: string[]) {
        await base.db
          .update(creditBalances)
          .set({ credits: 1 })
          .where(eq(creditBalances.organisationId, organisationId));
        otherEnded = finishUpload(other, input).catch((error: unknown) => error);
        await otherEnded;
        await base.storage.remove(keys);
      },
    },
  };

  await expect(finishUpload(slow, input)).rejects.toMatchObject({ code: 'payment-required' });

  expect(await otherEnded).toMatchObject({ code: 'payment-required' });
  const made = await base.db.select().from(photos).where(eq(photos.eventId, event.id));
  expect([...base.storage.objects.keys()].sort()).toEqual(made.map((photo) => photo.originalKey).sort());
  expect(await getCreditBalance(other)).toBe(1);
  await rm(folder, { recursive: true });
});
