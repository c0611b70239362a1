import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { publishBibs } from '#domain/matching/publish-bibs.ts';
import { photoFindings } from '#domain/matching/tables.ts';
import {
  makeAttribution,
  makeEvent,
  makePhoto,
  makePro,
  makeStartListEntry,
} from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { claimTriage } from './claim-triage.ts';

async function openQueue() {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const eventId = event.id;
  const at = ctx.clock.now();
  /** One camera, `second` after the start; `tags` by bib. */
  const addPhoto = async (second: number, tags: Record<string, number>, personHeight = 0) => {
    const takenAt = new Date(at.getTime() + second * 1000);
    const { id } = await makePhoto(ctx, { eventId, cameraKey: 'body-1', takenAt, preparedAt: at });
    for (const [bib, probability] of Object.entries(tags)) {
      const box = { x: 0.4, y: 0.4, w: 0.1, h: 0.05 };
      await makeAttribution(ctx, { eventId, photoId: id, bib, probability, box });
    }
    const box = { x: 0.3, y: 0.1, w: 0.2, h: personHeight };
    const persons = personHeight > 0 ? [{ box, confidence: 0.9 }] : [];
    await ctx.db.insert(photoFindings).values({ photoId: id, engineVersion: 't', persons, cpuMs: 1 });
    return id;
  };
  const owner = withActor(ctx, actor);
  const seat = (limit = 2, who = owner) => {
    const seatId = ctx.random.id();
    return (keep: string[] = [], after?: string | null) =>
      claimTriage(who, { eventId, seatId, limit, keep, after: after ?? null });
  };
  return { ctx, eventId, addPhoto, seat };
}

const ids = (turn: { photos: { photoId: string }[] }) => turn.photos.map(({ photoId }) => photoId);

test('the doubt that teaches most comes first with its burst, who nobody knows comes last, what is settled never', async () => {
  const { ctx, addPhoto, seat } = await openQueue();
  const leaning = await addPhoto(0, { 101: 0.9 });
  const unknown = await addPhoto(100, {}, 0.7);
  const early = await addPhoto(200, { 101: 0.25 });
  const even = await addPhoto(201, { 101: 0.5, 102: 0.4 });
  const sure = await addPhoto(300, { 101: 0.99 });
  const nobody = await addPhoto(400, {}, 0.1);
  await publishBibs(ctx, [leaning, unknown, early, even, sure, nobody]);
  const turn = await seat(10)();
  expect(ids(turn)).toEqual([early, even, leaning, unknown]);
  expect(turn.left).toEqual({ doubtful: 3, unknown: 1 });
  expect(turn.photos.map(({ part, burst }) => [part, burst.length])).toEqual([
    ['doubtful', 2],
    ['doubtful', 2],
    ['doubtful', 0],
    ['unknown', 0],
  ]);
});

test('a turn ends with a whole burst, and the next one goes on behind it', async () => {
  const { ctx, addPhoto, seat } = await openQueue();
  const [one, two] = [await addPhoto(0, { 101: 0.5 }), await addPhoto(1, { 101: 0.4 })];
  const [three, four] = [await addPhoto(60, { 102: 0.7 }), await addPhoto(120, { 103: 0.8 })];
  await publishBibs(ctx, [one, two, three, four]);
  const ask = seat(1);
  const first = await ask();
  expect(ids(first)).toEqual([one, two]);
  const second = await ask(ids(first), first.next);
  expect(ids(second)).toEqual([three]);
  const last = await ask([...ids(first), ...ids(second)], second.next);
  expect([ids(last), last.next]).toEqual([[four], null]);
});

test('a photo comes with its candidates, who they are, and which of them exclude each other', async () => {
  const { ctx, eventId, addPhoto, seat } = await openQueue();
  await makeStartListEntry(ctx, { eventId, bib: '729', firstName: 'Zoé', lastName: 'Roche' });
  const id = await addPhoto(0, { 729: 0.6, 749: 0.3, 12: 0.001 });
  await publishBibs(ctx, [id]);
  const [photo] = (await seat()()).photos;
  expect(photo?.tags).toMatchObject([
    { bib: '729', doubtful: true, published: false, rivals: ['749'], runner: { name: 'Zoé Roche' } },
    { bib: '749', doubtful: true, rivals: ['729'], runner: null },
  ]);
  expect(photo).toMatchObject({ mark: '', previewUrl: `/media/${id}/preview.webp` });
});

test('two seats are given different photos; a minute after one falls silent, the other is given its photos too', async () => {
  const { ctx, addPhoto, seat } = await openQueue();
  const all: string[] = [];
  for (let at = 0; at < 6; at += 1) all.push(await addPhoto(at * 60, { 101: 0.5 + at / 20 }));
  await publishBibs(ctx, all);
  const [one, other] = [seat(), seat()];
  const [first, second] = [await one(), await other()];
  expect([...ids(first), ...ids(second)]).toEqual(all.slice(0, 4));
  ctx.clock.advance(40_000);
  expect((await one(ids(first), first.next)).kept.toSorted()).toEqual(ids(first).toSorted());
  ctx.clock.advance(40_000);
  const back = await one(ids(first), null);
  expect(ids(back)).toEqual(ids(second));
  expect((await other(ids(second), null)).kept).toEqual([]);
});

test('strangers are given nothing', async () => {
  const { ctx, seat } = await openQueue();
  const stranger = withActor(ctx, (await makePro(ctx)).actor);
  await expect(seat(2, stranger)()).rejects.toMatchObject({ code: 'not-found' });
});
