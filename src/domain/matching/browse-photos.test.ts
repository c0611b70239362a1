import { describe, expect, test } from 'vitest';
import { inTransaction } from '#context.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { checkpoints } from '#domain/events/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { makeAttribution, makeEvent, makePhoto, makeStartListEntry } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { browsePhotos } from './browse-photos.ts';
import { keepColours } from './keep-colours.ts';
import { listPhotoColours } from './list-photo-colours.ts';
import { listRunnerMoments } from './list-runner-moments.ts';
import { listPhotoPlaces } from './photo-places.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 5, 14, 8, minute));

async function openEvent() {
  const ctx = await createTestContext();
  const event = await makeEvent(ctx);
  const add = async (minute: number, row: object = {}) =>
    (await makePhoto(ctx, { eventId: event.id, takenAt: at(minute), ...row })).id;
  const browse = async (query: object) =>
    (await browsePhotos(ctx, { eventId: event.id, ...query })).photos.map(({ id }) => id);
  return { ctx, eventId: event.id, add, browse };
}

describe('browsing an event’s photos', () => {
  test('gives the lost ones by time, a page after the other, and never a hidden one', async () => {
    const { ctx, eventId, add, browse } = await openEvent();
    const [first, , third] = [await add(1), await add(2, { bibs: ['42'] }), await add(3)];
    await add(2, { hiddenAt: at(9) });
    await add(2, { state: 'failed' });
    expect(await browse({ lost: true })).toEqual([first, third]);
    const page = await browsePhotos(ctx, { eventId, lost: true, limit: 1 });
    expect(await browse({ lost: true, after: page.next ?? '' })).toEqual([third]);
    expect(await browse({ lost: true, between: { from: at(0), until: at(3) } })).toEqual([first]);
    expect(await browse({ bibs: ['42', '7'] })).toHaveLength(1);
    expect(await browse({ bibs: [] })).toEqual([]);
    // Of somebody who refuses photos: nobody looks through those.
    const refused = await add(2);
    await makeStartListEntry(ctx, { eventId, bib: '13', photoOptOut: true });
    await makeAttribution(ctx, { eventId, photoId: refused, bib: '13' });
    expect(await browse({ lost: true })).toEqual([first, third]);
    const draft = await makeEvent(ctx, { status: 'draft' });
    await makePhoto(ctx, { eventId: draft.id });
    expect((await browsePhotos(ctx, { eventId: draft.id, lost: true })).photos).toEqual([]);
  });

  test('knows the colours of who is in front, until they are read again', async () => {
    const { ctx, eventId, add, browse } = await openEvent();
    const photoId = await add(1);
    await add(2);
    const keep = (upper: [number, number, number]) =>
      inTransaction(ctx, (tx) => {
        const box = { x: 0, y: 0, w: 0.3, h: 0.8 };
        return keepColours(tx, {
          photoId,
          eventId,
          persons: [{ box, confidence: 1, clothing: { upper, lower: null } }],
        });
      });
    await keep([50, 60, 40]);
    expect(await listPhotoColours(ctx, { eventId })).toEqual(['red']);
    expect(await browse({ colour: 'red', lost: true })).toEqual([photoId]);
    await keep([45, 20, -60]);
    expect(await browse({ colour: 'red' })).toEqual([]);
    expect(await browse({ colour: 'blue' })).toEqual([photoId]);
  });

  test('knows where a camera stood by its own clock, a person’s word first, and when a runner came by', async () => {
    const { ctx, eventId, add, browse } = await openEvent();
    const [col, lake, unseen] = await ctx.db
      .insert(checkpoints)
      .values(
        ['Col', 'Lac', 'Forêt'].map((name, position) => ({
          id: ctx.random.id(),
          eventId,
          name,
          distanceMeters: 9000 - 2000 * position,
          position,
        })),
      )
      .returning();
    if (!col || !lake || !unseen) throw new Error('no checkpoints');
    const { organisationId } = await makeEvent(ctx);
    const until = (minute: number) => at(minute).toISOString();
    await ctx.db.insert(cameraClocks).values({
      id: ctx.random.id(),
      eventId,
      organisationId,
      cameraKey: 'one',
      label: 'One',
      stays: [
        { placeId: col.id, from: null, until: until(30), source: 'solved' },
        { placeId: lake.id, from: until(30), until: null, source: 'solved' },
        { placeId: lake.id, from: until(10), until: until(20), source: 'hand' },
      ],
      updatedAt: at(0),
    });
    const shots = [];
    for (const minute of [5, 15, 25, 35]) shots.push(await add(minute, { cameraKey: 'one' }));
    await add(5, { cameraKey: 'two' });
    await add(5);
    expect(await browse({ placeId: col.id })).toEqual([shots[0], shots[2]]);
    expect(await browse({ placeId: lake.id })).toEqual([shots[1], shots[3]]);
    expect(await browse({ placeId: unseen.id })).toEqual([]);
    expect((await listPhotoPlaces(ctx, { eventId })).map(({ name }) => name)).toEqual(['Lac', 'Col']);
    for (const [placeId, minute] of [
      [lake.id, 16] as const,
      [unseen.id, 12] as const,
      [col.id, 7] as const,
    ]) {
      const passage = { eventId, placeId, bib: '42', lap: 1, spreadMs: 500 };
      await ctx.db.insert(expectedPassages).values({ ...passage, expectedAt: at(minute) });
    }
    const moments = await listRunnerMoments(ctx, { eventId, bib: '42' });
    expect(moments.map(({ name, expectedAt }) => [name, expectedAt])).toEqual([
      ['Col', at(7)],
      ['Lac', at(16)],
    ]);
    expect(await listRunnerMoments(ctx, { eventId, bib: '43' })).toEqual([]);
    await makeStartListEntry(ctx, { eventId, bib: '42', isMinor: true });
    expect(await listRunnerMoments(ctx, { eventId, bib: '42' })).toEqual([]);
  });

  test('refuses what no page of ours asks', async () => {
    const { browse } = await openEvent();
    for (const query of [
      { after: 'x' },
      { placeId: '1' },
      { colour: 'mauve' },
      { limit: -1 },
      { bibs: ['x'.repeat(99)] },
    ])
      await expect(browse(query)).rejects.toMatchObject({ code: 'bad-input' });
  });
});
