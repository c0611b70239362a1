import { eq, inArray } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { events } from '#domain/events/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { makeEvent, makePhoto, makeRendition } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { createAccessCache } from './access-cache.ts';

const LIFE_MS = 5000;

async function open(count: number) {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx, {});
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { id } = await makePhoto(ctx, { eventId: event.id });
    for (const kind of ['preview', 'thumbnail'] as const) await makeRendition(ctx, { photoId: id, kind });
    ids.push(id);
  }
  const seen = { looks: 0 };
  const { select } = ctx.db;
  ctx.db.select = ((...fields: Parameters<typeof select>) => {
    seen.looks += 1;
    return select.apply(ctx.db, fields);
  }) as typeof select;
  const clock = { ms: 0 };
  const cache = createAccessCache({ now: () => clock.ms });
  const ask = async (asked: string[]) => {
    const found = await Promise.all(asked.map(async (id) => cache.find(ctx, id)));
    return found.map((access) => access?.shown ?? null);
  };
  return { ctx, event, ids, seen, clock, ask };
}

test('photos asked for together are one look, and one more when their time is over', async () => {
  const { ids, seen, clock, ask } = await open(20);
  expect(await ask(ids)).toEqual(ids.map(() => true));
  clock.ms = LIFE_MS - 1;
  expect(await ask(ids)).toEqual(ids.map(() => true));
  expect(seen.looks).toBe(1);
  clock.ms = LIFE_MS;
  for (const id of ids) expect(await ask([id])).toEqual([true]);
  expect(seen.looks).toBe(2);
});

test('what nobody asked for again is not read again with the others', async () => {
  const { ids, seen, clock, ask } = await open(3);
  await ask(ids);
  clock.ms = LIFE_MS;
  await ask(ids.slice(0, 1));
  await ask(ids.slice(1));
  expect(seen.looks).toBe(3);
});

test('LEAK-02: photos hidden, unpublished or deleted, however often asked for, are gone after five seconds', async () => {
  const { ctx, event, ids, clock, ask } = await open(4);
  const [hidden = '', deleted = '', ...others] = ids;
  await ask(ids);
  await ctx.db.update(photos).set({ hiddenAt: ctx.clock.now() }).where(eq(photos.id, hidden));
  await ctx.db.delete(photos).where(inArray(photos.id, [deleted]));
  for (clock.ms = 0; clock.ms < LIFE_MS; clock.ms += 500) await ask(ids);
  expect(await ask(ids)).toEqual([false, null, true, true]);
  await ctx.db.update(events).set({ status: 'draft' }).where(eq(events.id, event.id));
  for (const until = clock.ms + LIFE_MS; clock.ms < until; clock.ms += 500) await ask(others);
  expect(await ask(others)).toEqual([false, false]);
});

test('a look that failed answers those who waited for it, and nobody after', async () => {
  const { ctx, ids, ask } = await open(1);
  const { select } = ctx.db;
  ctx.db.select = () => {
    throw new Error('away');
  };
  await expect(ask(ids)).rejects.toThrow('away');
  ctx.db.select = select;
  expect(await ask(ids)).toEqual([true]);
});

test('what is no photo is answered with nothing', async () => {
  const { ids, ask } = await open(1);
  expect(await ask(['nothing', ...ids, "' or 1=1"])).toEqual([null, true, null]);
});
