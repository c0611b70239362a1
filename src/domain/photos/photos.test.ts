import { and, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { inTransaction, withActor } from '#context.ts';
import { makeEvent, makePhoto, makePro, makeRace, makeRendition } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { findVisiblePhotos } from './find-visible-photos.ts';
import { getOwnPhoto } from './get-own-photo.ts';
import { getPhotoCounts } from './get-photo-counts.ts';
import { getVisiblePhoto } from './get-visible-photo.ts';
import { listOwnPhotos, type OwnPhotoFilter } from './list-own-photos.ts';
import { listVisiblePhotos } from './list-visible-photos.ts';
import { movePhoto } from './move-photo.ts';
import { openRendition } from './open-rendition.ts';
import { canMovePhoto, type PhotoState } from './photo.ts';
import { photos } from './tables.ts';

async function makeGallery(takenAts: (Date | null)[] = []) {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const made = [];
  for (const takenAt of takenAts) made.push(await makePhoto(ctx, { eventId: event.id, takenAt }));
  return { ctx, event, eventId: event.id, owner: withActor(ctx, actor), made };
}

const at = (second: number) => new Date(Date.UTC(2026, 5, 14, 8, 0, second));

describe('a gallery, page by page', () => {
  test('shows every visible photo once, in the order they were taken, forwards and backwards', async () => {
    // Three photos share one instant: the id decides between them.
    const { ctx, eventId, made } = await makeGallery([at(5), at(1), at(3), at(3), at(3), at(2), at(4)]);
    const order = [...made]
      .sort((a, b) => a.sortAt.getTime() - b.sortAt.getTime() || (a.id < b.id ? -1 : 1))
      .map((photo) => photo.id);
    const forwards: string[] = [];
    let page = await listVisiblePhotos(ctx, { eventId, limit: 2 });
    expect(page.previous).toBeNull();
    for (;;) {
      forwards.push(...page.photos.map((photo) => photo.id));
      if (!page.next) break;
      page = await listVisiblePhotos(ctx, { eventId, limit: 2, after: page.next });
    }
    expect(forwards).toEqual(order);
    const backwards: string[] = page.photos.map((photo) => photo.id);
    while (page.previous) {
      page = await listVisiblePhotos(ctx, { eventId, limit: 2, before: page.previous });
      backwards.unshift(...page.photos.map((photo) => photo.id));
    }
    expect(backwards).toEqual(order);
  });

  test('shows nothing that is hidden, unfinished, failed, or of an event that is not published', async () => {
    const { ctx, eventId, made } = await makeGallery([at(1)]);
    await makePhoto(ctx, { eventId, hiddenAt: at(9) });
    for (const state of ['received', 'prepared', 'failed'] as const) await makePhoto(ctx, { eventId, state });
    const { photos: shown } = await listVisiblePhotos(ctx, { eventId });
    expect(shown.map((photo) => photo.id)).toEqual(made.map((photo) => photo.id));
    expect(shown[0]).toMatchObject({ fileName: null, previewUrl: `/media/${made[0]?.id}/preview.webp` });
    for (const status of ['draft', 'archived'] as const) {
      const event = await makeEvent(ctx, { status });
      const photo = await makePhoto(ctx, { eventId: event.id });
      expect((await listVisiblePhotos(ctx, { eventId: event.id })).photos).toEqual([]);
      expect(await findVisiblePhotos(ctx, { eventId: event.id, photoIds: [photo.id] })).toEqual([]);
      await expect(getVisiblePhoto(ctx, { photoId: photo.id })).rejects.toMatchObject({ code: 'not-found' });
    }
  });

  test('tells the true time of a photo, and none where the camera told none', async () => {
    const { ctx, eventId } = await makeGallery();
    const photo = await makePhoto(ctx, { eventId, takenAt: at(1), sortAt: at(31) });
    await makePhoto(ctx, { eventId, takenAt: null, sortAt: at(40) });
    const { photos: shown } = await listVisiblePhotos(ctx, { eventId });
    expect(shown.map(({ takenAt }) => takenAt)).toEqual([at(31), null]);
    expect((await getVisiblePhoto(ctx, { photoId: photo.id })).takenAt).toEqual(at(31));
  });

  test('shows one race when asked', async () => {
    const { ctx, eventId } = await makeGallery([at(1)]);
    const race = await makeRace(ctx, { eventId });
    const photo = await makePhoto(ctx, { eventId, raceIds: [race.id] });
    const { photos: shown } = await listVisiblePhotos(ctx, { eventId, raceId: race.id });
    expect(shown.map((found) => found.id)).toEqual([photo.id]);
  });

  test('goes on after photos of a camera whose clock stood before 1970', async () => {
    const { ctx, eventId, made } = await makeGallery([new Date('1969-12-31T23:00:00Z'), at(1)]);
    const first = await listVisiblePhotos(ctx, { eventId, limit: 1 });
    const second = await listVisiblePhotos(ctx, { eventId, limit: 1, after: first.next ?? '' });
    const shown = [...first.photos, ...second.photos].map((photo) => photo.id);
    expect(shown).toEqual(made.map((photo) => photo.id));
  });

  test.each([
    'x',
    '1.2',
    "1.00000000-0000-4000-8000-000000000000' or 1=1",
    `${'9'.repeat(40)}.x`,
    // Instants that no database can read.
    '999999999999999.00000000-0000-4000-8000-000000000000',
    '-99999999999999.00000000-0000-4000-8000-000000000000',
  ])('a page called %j does not exist', async (after) => {
    const { ctx, eventId } = await makeGallery();
    await expect(listVisiblePhotos(ctx, { eventId, after })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('the photos of one bib are found without going through the event', async () => {
    const { ctx, eventId, made } = await makeGallery([at(1)]);
    await ctx.db.execute(sql`
      insert into photos (id, event_id, organisation_id, state, file_name, sha256, size_bytes, original_key, sort_at, received_at, bibs)
      select gen_random_uuid(), event_id, organisation_id, state, file_name, ${eventId} || n, 1, original_key || n, sort_at,
        received_at, array[n::text]
      from photos cross join generate_series(1, 5000) as n where photos.id = ${made[0]?.id}`);
    await ctx.db.execute(sql`analyze photos`);
    const plan = await ctx.db.execute(
      sql`explain select count(*) from photos where event_id = ${eventId} and bibs @> array['77']`,
    );
    expect(JSON.stringify(plan)).toContain('photos_bibs');
  });

  test('a page of more than 200 is refused', async () => {
    const { ctx, eventId } = await makeGallery();
    await expect(listVisiblePhotos(ctx, { eventId, limit: 201 })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});

describe('the owner’s photos', () => {
  test('are found by what is wrong with them', async () => {
    const { ctx, eventId, owner } = await makeGallery();
    const make = async (row: Partial<typeof photos.$inferInsert>) =>
      (await makePhoto(ctx, { eventId, ...row })).id;
    const fine = await make({ bibs: ['1'], blurry: false });
    const wanted: [OwnPhotoFilter, string][] = [
      ['no-bib', await make({ bibs: [] })],
      ['blurry', await make({ bibs: ['2'], blurry: true })],
      ['doubtful', await make({ bibs: ['3'], doubtful: true })],
      ['failed', await make({ state: 'failed', failureReason: 'corrupt' })],
    ];
    for (const [filter, id] of wanted) {
      const { photos: found } = await listOwnPhotos(owner, { eventId, filter });
      expect([filter, found.map((photo) => photo.id)]).toEqual([filter, [id]]);
    }
    const all: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await listOwnPhotos(owner, { eventId, limit: 2, after });
      all.push(...page.photos.map((photo) => photo.id));
      if (!page.next) break;
      after = page.next;
    }
    expect(all.sort()).toEqual([fine, ...wanted.map(([, id]) => id)].sort());
  });

  test('are nobody else’s, and a camera’s serial number is not told', async () => {
    const { ctx, eventId, owner } = await makeGallery();
    const camera = { make: 'Acme', model: 'X1', bodySerial: 'SECRET-1' };
    const photo = await makePhoto(ctx, { eventId, camera });
    const stranger = withActor(ctx, (await makePro(ctx)).actor);
    await expect(listOwnPhotos(stranger, { eventId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(getOwnPhoto(stranger, { photoId: photo.id })).rejects.toMatchObject({ code: 'not-found' });
    await expect(getOwnPhoto(ctx, { photoId: photo.id })).rejects.toMatchObject({ code: 'forbidden' });
    const own = await getOwnPhoto(owner, { photoId: photo.id });
    expect(own.camera).toBe('Acme X1');
    expect(JSON.stringify([own, await getVisiblePhoto(ctx, { photoId: photo.id })])).not.toContain('SECRET');
  });
});

describe('the states of a photo', () => {
  const states: PhotoState[] = ['received', 'prepared', 'ready', 'failed'];

  test('only the moves of the table exist', () => {
    const moves = states.flatMap((from) =>
      states.filter((to) => canMovePhoto(from, to)).map((to) => `${from} ${to}`),
    );
    expect(moves).toEqual([
      'received prepared',
      'received failed',
      'prepared ready',
      'prepared failed',
      'failed received',
    ]);
  });

  test('a move counts, once, and one from another state writes nothing', async () => {
    const { ctx, eventId } = await makeGallery();
    const { id: photoId } = await makePhoto(ctx, { eventId, state: 'received' });
    const move = () =>
      inTransaction(ctx, (tx) => movePhoto(tx, { photoId, from: 'received', to: 'prepared' }));
    const moved = await Promise.all([move(), move(), move()]);
    expect(moved.filter(Boolean)).toHaveLength(1);
    expect(await getPhotoCounts(ctx, { eventId })).toEqual({ received: 0, prepared: 1, ready: 0, failed: 0 });
    const late = inTransaction(ctx, (tx) =>
      movePhoto(tx, { photoId, from: 'received', to: 'failed', set: { failureReason: 'corrupt' } }),
    );
    expect(await late).toBe(false);
    const [row] = await ctx.db
      .select()
      .from(photos)
      .where(and(eq(photos.id, photoId)));
    expect(row).toMatchObject({ state: 'prepared', failureReason: null });
    const impossible = inTransaction(ctx, (tx) => movePhoto(tx, { photoId, from: 'ready', to: 'received' }));
    await expect(impossible).rejects.toThrow('does not go');
  });
});

describe('opening a rendition', () => {
  test('everyone has the marked ones of a visible photo, the owner the clean one too', async () => {
    const { ctx, eventId, owner } = await makeGallery();
    const photo = await makePhoto(ctx, { eventId });
    for (const kind of ['web', 'preview', 'thumbnail'] as const)
      await makeRendition(ctx, { photoId: photo.id, kind });
    expect(await openRendition(ctx, { photoId: photo.id, kind: 'preview' })).toMatchObject({
      everyone: true,
    });
    await expect(openRendition(ctx, { photoId: photo.id, kind: 'web' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await openRendition(owner, { photoId: photo.id, kind: 'web' })).toMatchObject({ everyone: false });
  });
});
