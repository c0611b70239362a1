import { and, eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { changeClock } from '#domain/clocks/change-clock.ts';
import { findCameraClock } from '#domain/clocks/find-camera-clock.ts';
import { keepClock } from '#domain/clocks/keep-clock.ts';
import { listCameras } from '#domain/clocks/list-cameras.ts';
import { placeCameraByHand } from '#domain/clocks/place-camera.ts';
import { clockOfShots, recordClockShot } from '#domain/clocks/record-clock-shot.ts';
import { checkpoints, photoSpots } from '#domain/events/tables.ts';
import { photosToWeigh } from '#domain/matching/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { refreshExpectedPassages } from '#domain/timing/refresh-expected-passages.ts';
import { expectedPassages, passages } from '#domain/timing/tables.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makeBibRead, makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { followTiming } from './follow-timing.ts';
import { ingestJobs } from './jobs.ts';
import { solveClocks } from './solve-clocks.ts';

const START = Date.UTC(2026, 4, 17, 7);
const at = (seconds: number) => new Date(START + seconds * 1000);
const CAMERA = { make: 'Acme', model: 'One', bodySerial: '77' };
const KEY = 'serial:acme one/77';
/** The camera's clock is this much early. */
const OFFSET_S = 3600 + 12.4;

let ctx: TestContext;
let system: Context;
let pro: Context;
let eventId: string;
let mat: string;

beforeEach(async () => {
  ctx = await createTestContext();
  system = withActor(ctx, { kind: 'system', name: 'test' });
  const { organisation, actor } = await makePro(ctx);
  pro = withActor(ctx, actor);
  eventId = (await makeEvent(ctx, { organisationId: organisation.id, startsAt: at(0) })).id;
  mat = await addCheckpoint('Col', 5000);
});

async function addCheckpoint(name: string, distanceMeters: number | null): Promise<string> {
  const id = ctx.random.id();
  await ctx.db.insert(checkpoints).values({ id, eventId, name, distanceMeters, position: 0 });
  return id;
}

async function pass(bib: string, seconds: number, checkpointId = mat): Promise<void> {
  const row = { id: ctx.random.id(), eventId, bib, checkpointId, lap: 1, at: at(seconds) };
  const origin = { kind: 'chip' as const, source: 'table' as const, precisionMs: 1 };
  await ctx.db.insert(passages).values({ ...row, ...origin, importedAt: ctx.clock.now() });
}

/** A photo by the true time, of a camera that was not named yet. */
async function shoot(
  bib: string | null,
  seconds: number,
  camera = CAMERA,
  offsetS = OFFSET_S,
): Promise<string> {
  const photo = await makePhoto(ctx, { eventId, camera, takenAt: at(seconds - offsetS) });
  if (bib) await makeBibRead(ctx, { photoId: photo.id, bib, kind: 'sure' });
  return photo.id;
}

/** Eight runners at the mat, a minute apart, seen within half a second. */
async function runRace(offsetS = OFFSET_S): Promise<void> {
  for (let index = 0; index < 8; index += 1) {
    await pass(String(100 + index), 1500 + index * 61);
    await shoot(String(100 + index), 1500 + index * 61 + (index % 2 ? 0.4 : -0.4), CAMERA, offsetS);
  }
}

const settle = () => runJobs(ctx, ingestJobs as never);
const follow = async (bibs?: string[]) => {
  await followTiming(system, { eventId, bibs });
  await settle();
};
const clock = () => findCameraClock(ctx, { eventId, cameraKey: KEY });

describe('clocks of an event', () => {
  it('are solved from reads and passages, put galleries in order and have photos weighed again', async () => {
    await runRace();
    const photoId = await shoot(null, 1700);
    await follow();
    const solved = await clock();
    expect(solved).toMatchObject({ method: 'solved', label: 'Acme One', unsolved: null });
    expect(Math.abs((solved?.offsetMs ?? 0) - OFFSET_S * 1000)).toBeLessThan(500);
    expect(solved?.confidence).toBeGreaterThan(0.8);
    expect(solved?.stays).toEqual([{ placeId: mat, from: null, until: null, source: 'solved' }]);
    expect(solved?.residuals).toHaveLength(8);
    const [photo] = await ctx.db.select().from(photos).where(eq(photos.id, photoId));
    expect(photo?.takenAt).toEqual(at(1700 - OFFSET_S));
    expect(Math.abs((photo?.sortAt.getTime() ?? 0) - at(1700).getTime())).toBeLessThan(500);
    const marked = await ctx.db.select().from(photosToWeigh).where(eq(photosToWeigh.eventId, eventId));
    expect(marked).toHaveLength(9);
  });

  it('are solved for a camera whose battery ran out, and can be set so by hand', async () => {
    const yearsS = 26 * 365 * 86_400;
    await runRace(yearsS);
    await follow();
    expect(Math.abs(((await clock())?.offsetMs ?? 0) - yearsS * 1000)).toBeLessThan(500);
    await changeClock(pro, { eventId, cameraKey: KEY, change: { to: 'hand', offsetMs: yearsS * 1000 } });
    expect((await clock())?.offsetMs).toBe(yearsS * 1000);
    const change = { to: 'hand' as const, offsetMs: 61 * 365 * 86_400_000 };
    await expect(changeClock(pro, { eventId, cameraKey: KEY, change })).rejects.toThrow();
  });

  it('are solved for all cameras but the one that fails, which the queue tries again', async () => {
    await runRace();
    const broken = { ...CAMERA, bodySerial: '55' };
    for (let index = 0; index < 8; index += 1) await shoot(String(100 + index), 1500 + index * 61, broken);
    const rule = sql.raw(
      `camera_clocks_broken check (camera_key <> 'serial:acme one/55' or event_id <> '${eventId}')`,
    );
    await ctx.db.execute(sql`alter table camera_clocks add constraint ${rule}`);
    await refreshExpectedPassages(system, { eventId });
    ctx.clock.advance(120);
    await expect(solveClocks(system, { eventId, why: 'timing' })).rejects.toThrow('1 clocks');
    await ctx.db.execute(sql`alter table camera_clocks drop constraint camera_clocks_broken`);
    expect((await clock())?.method).toBe('solved');
    expect(ctx.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(await solveClocks(system, { eventId, why: 'photos' })).toBe(1);
  });

  it('move when small moves have come together, and refuse chains', async () => {
    const photoId = await shoot(null, 100);
    const [photo] = await ctx.db.select().from(photos).where(eq(photos.id, photoId));
    const camera = {
      eventId,
      cameraKey: KEY,
      organisationId: photo?.organisationId ?? '',
      label: 'Acme One',
    };
    const solvedAt = async (offsetMs: number) => {
      await keepClock(ctx, camera, { offsetMs, driftPpm: 0, driftFrom: at(0), method: 'solved' });
      return (await clock())?.offsetMs;
    };
    expect(await solvedAt(1000)).toBe(1000);
    expect(await solvedAt(1150)).toBe(1000);
    expect(await solvedAt(1300)).toBe(1300);
    const second = { ...camera, cameraKey: 'serial:acme one/78' };
    const own = { camera: { ...CAMERA, bodySerial: '78' }, cameraKey: second.cameraKey, takenAt: at(0) };
    await makePhoto(ctx, { eventId, ...own });
    await ctx.db.update(photos).set({ cameraKey: KEY }).where(eq(photos.id, photoId));
    const follows = (cameraKey: string, sameAsKey: string) =>
      changeClock(pro, { eventId, cameraKey, change: { to: 'same-as', sameAsKey } });
    const third = { ...second, cameraKey: 'serial:acme one/79' };
    await keepClock(ctx, third, { offsetMs: 5, method: 'hand' });
    await follows(second.cameraKey, KEY);
    await expect(follows(KEY, third.cameraKey)).rejects.toMatchObject({
      public: { key: 'clocks.isFollowed' },
    });
  });

  it('take the median of photos of the clock page that no clock could drift between', () => {
    const shot = (minutes: number, offS: number) => ({
      takenAt: at(minutes * 60),
      shownAt: at(minutes * 60 + offS),
    });
    expect(clockOfShots([shot(0, 5), shot(120, 5.36)])).toMatchObject({ offsetMs: 5000, driftPpm: 50 });
    expect(clockOfShots([shot(0, 5), shot(60, 5), shot(120, 3605)])).toMatchObject({
      offsetMs: 5000,
      driftPpm: 0,
    });
  });

  it('that a person set are never overwritten; the solution is shown beside them and can be taken back', async () => {
    await runRace();
    await follow();
    await changeClock(pro, { eventId, cameraKey: KEY, change: { to: 'hand', offsetMs: -4000 } });
    await pass('100', 9000, await addCheckpoint('Lac', 9000));
    await follow();
    const kept = await clock();
    expect(kept).toMatchObject({ method: 'hand', offsetMs: -4000, driftPpm: 0 });
    expect(kept?.solution?.offsetMs).toBeGreaterThan(3_600_000);
    await changeClock(pro, { eventId, cameraKey: KEY, change: { to: 'solved' } });
    expect((await clock())?.offsetMs).toBe(kept?.solution?.offsetMs);
  });

  it('follow another camera, and a photo of the clock page', async () => {
    await runRace();
    await follow();
    const other = { ...CAMERA, bodySerial: '78' };
    const photo = await makePhoto(ctx, {
      eventId,
      camera: other,
      cameraKey: 'serial:acme one/78',
      takenAt: at(0),
    });
    const second = { eventId, cameraKey: 'serial:acme one/78' };
    await changeClock(pro, { ...second, change: { to: 'same-as', sameAsKey: KEY } });
    const { organisationId } = photo;
    const camera = { eventId, cameraKey: KEY, organisationId, label: 'Acme One' };
    const shot = { photoId: await shoot(null, 100), takenAt: at(100 - OFFSET_S), shownAt: at(100) };
    await recordClockShot(ctx, { camera, ...shot });
    await settle();
    expect(await clock()).toMatchObject({ method: 'qr-clock', offsetMs: OFFSET_S * 1000 });
    expect(await findCameraClock(ctx, second)).toMatchObject({
      method: 'same-as',
      offsetMs: OFFSET_S * 1000,
    });
    const [followed] = await ctx.db.select().from(photos).where(eq(photos.id, photo.id));
    expect(followed?.sortAt).toEqual(at(OFFSET_S));
    expect((await listCameras(pro, { eventId }))[0]).toMatchObject({
      label: 'Acme One',
      photoCount: 8,
      shotCount: 1,
    });
  });

  it('keep the place that a person named', async () => {
    await runRace();
    const lake = await addCheckpoint('Lac', 9000);
    await follow();
    const stay = { from: null, until: null };
    await placeCameraByHand(pro, { eventId, cameraKey: KEY, stay: { ...stay, placeId: lake } });
    await pass('200', 4000, lake);
    await follow();
    expect((await clock())?.stays[0]).toEqual({ ...stay, placeId: lake, source: 'hand' });
    await placeCameraByHand(pro, { eventId, cameraKey: KEY, stay: { ...stay, placeId: null } });
    expect((await clock())?.stays).toEqual([{ ...stay, placeId: mat, source: 'solved' }]);
  });

  it('have photos weighed again for all that a run of follow-timing wrote before it broke off', async () => {
    await runRace();
    await follow();
    await ctx.db.delete(photosToWeigh).where(eq(photosToWeigh.eventId, eventId));
    await ctx.db
      .update(passages)
      .set({ at: at(1505) })
      .where(eq(passages.bib, '100'));
    const stopped = { ...system.queue, enqueue: () => Promise.reject(new Error('stopped')) };
    const written = () =>
      ctx.db
        .select()
        .from(expectedPassages)
        .where(and(eq(expectedPassages.eventId, eventId), eq(expectedPassages.bib, '100')));
    const before = await written();
    await expect(followTiming({ ...system, queue: stopped }, { eventId })).rejects.toThrow('stopped');
    expect(await written()).toEqual(before);
    await followTiming(system, { eventId });
    expect(await written()).not.toEqual(before);
    const marked = await ctx.db.select().from(photosToWeigh).where(eq(photosToWeigh.eventId, eventId));
    expect(marked).toHaveLength(1);
  });

  it('are nobody else’s to change', async () => {
    await shoot(null, 100);
    const stranger = withActor(ctx, (await makePro(ctx)).actor);
    const change = { to: 'hand' as const, offsetMs: 0 };
    await expect(changeClock(stranger, { eventId, cameraKey: KEY, change })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(listCameras(stranger, { eventId })).rejects.toMatchObject({ code: 'not-found' });
    await expect(changeClock(pro, { eventId, cameraKey: 'no such', change })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('expected passages', () => {
  const expected = () => ctx.db.select().from(expectedPassages).where(eq(expectedPassages.eventId, eventId));

  it('are written for places between checkpoints too, and again only where something changed', async () => {
    const spot = { id: ctx.random.id(), eventId, name: 'Pont', distanceMeters: 2500, position: 0 };
    await ctx.db.insert(photoSpots).values(spot);
    await pass('1', 1500);
    await pass('2', 2000);
    const first = await refreshExpectedPassages(system, { eventId });
    expect(first.map(({ placeId }) => placeId).sort()).toEqual([mat, spot.id].sort());
    expect(await expected()).toHaveLength(4);
    expect(await refreshExpectedPassages(system, { eventId })).toEqual([]);
    await ctx.db
      .update(passages)
      .set({ at: at(2100) })
      .where(and(eq(passages.eventId, eventId), eq(passages.bib, '2')));
    const moved = await refreshExpectedPassages(system, { eventId, bibs: ['2'] });
    expect(moved.find(({ placeId }) => placeId === mat)).toEqual({
      placeId: mat,
      from: at(2000),
      until: at(2100),
    });
  });

  it('go with their passages and places', async () => {
    await pass('1', 1500);
    await pass('2', 2000);
    await refreshExpectedPassages(system, { eventId });
    await ctx.db.delete(passages).where(and(eq(passages.eventId, eventId), eq(passages.bib, '1')));
    await refreshExpectedPassages(system, { eventId });
    expect((await expected()).map(({ bib }) => bib)).toEqual(['2']);
    await ctx.db.delete(checkpoints).where(eq(checkpoints.id, mat));
    await refreshExpectedPassages(system, { eventId });
    expect(await expected()).toEqual([]);
  });
});
