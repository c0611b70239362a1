import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { makeEvent, makePhoto, makePro, makeUpload } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { sweepUploads } from './sweep-uploads.ts';
import { uploads } from './tables.ts';

test('an upload whose time is over is forgotten with its bytes, unless a photo stands on them', async () => {
  const ctx = await createTestContext();
  const { organisation, user, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const own = { eventId: event.id, userId: user.id };
  const abandoned = await makeUpload(ctx, own);
  const finished = await makeUpload(ctx, { ...own, state: 'done' });
  await makePhoto(ctx, { eventId: event.id, sha256: finished.sha256, originalKey: finished.storageKey });
  for (const { storageKey } of [abandoned, finished]) {
    await ctx.storage.put(storageKey, Buffer.from('x'), 'image/jpeg');
  }
  const system = withActor(ctx, { kind: 'system', name: 'test' });
  await expect(sweepUploads(withActor(ctx, actor))).rejects.toMatchObject({ code: 'forbidden' });
  ctx.clock.advance(24 * 3600);
  expect(await sweepUploads(system)).toBe(0);
  ctx.clock.advance(2 * 3600);
  const late = await makeUpload(ctx, own);
  expect(await sweepUploads(system)).toBe(2);
  expect([...ctx.storage.objects.keys()]).toEqual([finished.storageKey]);
  const left = await ctx.db.select({ id: uploads.id }).from(uploads).where(eq(uploads.eventId, event.id));
  expect(left).toEqual([{ id: late.id }]);
});
