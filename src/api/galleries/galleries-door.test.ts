import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Context } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import { makeEvent, makePhoto } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openGalleriesDoor } from './galleries-door.ts';

const NOON = new Date('2026-06-21T10:00:00Z');

test('pages follow each other without a gap or a double', async () => {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx);
  for (let second = 0; second < 70; second += 1) {
    await makePhoto(ctx, { eventId: event.id, takenAt: new Date(NOON.getTime() + second * 1000) });
  }
  const first = await ask(ctx, `/${event.id}`);
  const second = await ask(ctx, `/${event.id}?after=${first.body.next}`);
  const ids = [...first.body.photos, ...second.body.photos].map((photo: { id: string }) => photo.id);
  expect([first.body.photos.length, second.body.photos.length, second.body.next]).toEqual([60, 10, null]);
  expect(new Set(ids).size).toBe(70);
});

test('a photo travels without its file name, its seller or its original', async () => {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx);
  await makePhoto(ctx, { eventId: event.id, takenAt: NOON, bibs: ['12'] });
  const { body } = await ask(ctx, `/${event.id}`);
  expect(Object.keys(body.photos[0]).sort()).toEqual(
    ['bibs', 'heightPx', 'id', 'takenAt', 'thumbnailUrl', 'tone', 'widthPx'].sort(),
  );
});

test('a photo that stands for its stack travels with the ids of the other frames', async () => {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx);
  const first = await makePhoto(ctx, { eventId: event.id, takenAt: NOON });
  const stack = { eventId: event.id, takenAt: NOON, stackId: first.id };
  const lead = await makePhoto(ctx, stack);
  const other = await makePhoto(ctx, { ...stack, leadsStack: false });
  await makePhoto(ctx, { ...stack, leadsStack: false, hiddenAt: NOON });
  const { body } = await ask(ctx, `/${event.id}`);
  expect(body.photos).toHaveLength(2);
  expect(body.photos).toContainEqual(expect.objectContaining({ id: lead.id, others: [other.id] }));
});

test('an event that is not published shows no photo', async () => {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx, { status: 'draft' });
  await makePhoto(ctx, { eventId: event.id, takenAt: NOON });
  expect((await ask(ctx, `/${event.id}`)).body).toEqual({ photos: [], next: null });
});

test('a hidden photo is not shown', async () => {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx);
  await makePhoto(ctx, { eventId: event.id, takenAt: NOON, hiddenAt: NOON });
  expect((await ask(ctx, `/${event.id}`)).body.photos).toEqual([]);
});

test('a position nobody gave is refused as bad input', async () => {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx);
  expect((await ask(ctx, `/${event.id}?after=1;drop`)).status).toBe(400);
  expect((await ask(ctx, '/not-an-id')).status).toBe(400);
});

async function ask(ctx: Context, path: string) {
  const app = new Hono();
  app.onError((error, c) => {
    if (isDomainError(error) && error.code === 'bad-input') return c.json({}, 400);
    throw error;
  });
  app.route('/', openGalleriesDoor(ctx));
  const response = await app.request(path);
  return { status: response.status, body: await response.json() };
}
