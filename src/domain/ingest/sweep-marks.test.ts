import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { markPhotosToWeigh } from '#domain/matching/mark-photos-to-weigh.ts';
import { photos } from '#domain/photos/tables.ts';
import { makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { sweepMarks } from './sweep-marks.ts';

const MINUTE_MS = 60_000;

test('what is marked and whose job came too early is asked for again, what is fresh is left to its own', async () => {
  const ctx = await createTestContext();
  const system = withActor(ctx, { kind: 'system', name: 'test' });
  const { organisation } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const photo = await makePhoto(ctx, { eventId: event.id });
  await markPhotosToWeigh(ctx, { eventId: event.id, photoIds: [photo.id] });
  await ctx.db
    .update(photos)
    .set({ stackAskedAt: ctx.clock.now(), readyAt: ctx.clock.now() })
    .where(eq(photos.id, photo.id));
  ctx.queue.jobs.length = 0;
  expect(await sweepMarks(system)).toBe(0);
  expect(ctx.queue.jobs).toEqual([]);
  ctx.clock.set(new Date(ctx.clock.now().getTime() + 3 * MINUTE_MS));
  expect(await sweepMarks(system)).toBe(1);
  expect(ctx.queue.jobs.map(({ name }) => name).sort()).toEqual([
    'solve-clocks',
    'stack-photos',
    'weigh-photos',
  ]);
});
