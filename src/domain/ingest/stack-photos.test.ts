import { asc, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { inTransaction, withActor } from '#context.ts';
import { askStack } from '#domain/photos/ask-stacking.ts';
import { findVisibleStack } from '#domain/photos/find-visible-stack.ts';
import { listOwnPhotos } from '#domain/photos/list-own-photos.ts';
import { listOwnStack } from '#domain/photos/list-own-stack.ts';
import { listVisiblePhotos } from '#domain/photos/list-visible-photos.ts';
import { setPublishedBibs } from '#domain/photos/set-published-bibs.ts';
import { photos } from '#domain/photos/tables.ts';
import { makeEvent, makePhoto, makePro, makeRace } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { stackPhotos } from './stack-photos.ts';

const NOON = Date.UTC(2026, 5, 21, 10);

async function openEvent() {
  const ctx = await createTestContext();
  const { organisation, actor } = await makePro(ctx);
  const { id: eventId } = await makeEvent(ctx, { organisationId: organisation.id });
  const system = withActor(ctx, { kind: 'system', name: 'test' });
  const take = async (seconds: number, row: Partial<typeof photos.$inferInsert> = {}) => {
    const takenAt = new Date(NOON + seconds * 1000);
    const marked = { cameraKey: 'body', bibs: ['7'], qualityScore: 50, stackAskedAt: ctx.clock.now() };
    return (await makePhoto(ctx, { eventId, takenAt, ...marked, ...row })).id;
  };
  const change = (id: string, row: Partial<typeof photos.$inferInsert>) =>
    ctx.db.update(photos).set(row).where(eq(photos.id, id));
  const shown = async (raceId?: string) => {
    const page = await listVisiblePhotos(ctx, { eventId, ...(raceId && { raceId }) });
    return page.photos.map(({ id, others }) => [id, ...others]);
  };
  const stack = () => stackPhotos(system, { eventId });
  return { ctx, eventId, owner: withActor(ctx, actor), system, take, change, shown, stack };
}

describe('photos of one stack', () => {
  test('are shown by the best of them, and every one of them is found from every other', async () => {
    const { ctx, take, stack, shown } = await openEvent();
    const [first, best, last, later] = [
      await take(0),
      await take(1, { qualityScore: 80 }),
      await take(2),
      await take(30),
    ];
    expect(await stack()).toBe(4);
    expect(await shown()).toEqual([[best, first, last], [later]]);
    for (const photoId of [first, best, last]) {
      const found = await findVisibleStack(ctx, { photoId });
      expect(found?.photos.map(({ id }) => id)).toEqual([first, best, last]);
      expect(found?.position).toContain(best);
    }
    expect(await findVisibleStack(ctx, { photoId: later })).toBeNull();
    expect(await stack()).toBe(0);
  });

  test('are never lost: when the lead is hidden the next best is shown, when all but one are, that one', async () => {
    const { ctx, take, change, stack, shown } = await openEvent();
    const [a, b, c] = [
      await take(0, { qualityScore: 60 }),
      await take(1, { qualityScore: 80 }),
      await take(2),
    ];
    await stack();
    await change(b, { hiddenAt: ctx.clock.now() });
    expect(await shown()).toEqual([[a, c]]);
    await change(a, { hiddenAt: ctx.clock.now() });
    expect(await shown()).toEqual([[c]]);
    await ctx.db.delete(photos).where(eq(photos.id, b));
    await change(a, { hiddenAt: null });
    expect(await shown()).toEqual([[a, c]]);
  });

  test('are all there in the gallery of a race that their lead is not of', async () => {
    const { ctx, eventId, take, stack, shown } = await openEvent();
    const race = await makeRace(ctx, { eventId });
    const lead = await take(0, { qualityScore: 90 });
    const other = await take(1, { raceIds: [race.id] });
    await stack();
    expect(await shown()).toEqual([[lead, other]]);
    expect(await shown(race.id)).toEqual([[other, lead]]);
  });

  test('fill pages that follow each other without a gap or a double', async () => {
    const { ctx, eventId, take, stack } = await openEvent();
    const leads: string[] = [];
    for (let stack = 0; stack < 5; stack += 1) {
      await take(stack * 20);
      leads.push(await take(stack * 20 + 1, { qualityScore: 90 }));
    }
    await stack();
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await listVisiblePhotos(ctx, { eventId, limit: 2, after });
      seen.push(...page.photos.map(({ id }) => id));
      if (!page.next) break;
      after = page.next;
    }
    expect(seen).toEqual(leads);
  });

  test('are one in their owner’s grid, and each where it is looked for', async () => {
    const { ctx, owner, eventId, take, stack } = await openEvent();
    const hidden = await take(0, { qualityScore: 90, hiddenAt: ctx.clock.now() });
    const blurry = await take(1, { blurry: true });
    const sharp = await take(2);
    await stack();
    const grid = async (filter: 'all' | 'blurry') =>
      (await listOwnPhotos(owner, { eventId, filter })).photos.map(({ id, frames }) => [id, frames]);
    expect(await grid('all')).toEqual([[sharp, 3]]);
    expect(await grid('blurry')).toEqual([[blurry, 1]]);
    const frames = await listOwnStack(owner, { eventId, photoId: blurry });
    expect(frames.map(({ id }) => id)).toEqual([hidden, blurry, sharp]);
    const stranger = withActor(ctx, (await makePro(ctx)).actor);
    const asked = listOwnStack(stranger, { eventId, photoId: blurry });
    await expect(asked).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('stacks are found anew', () => {
  test('with the photos that come between, and nobody far from them is looked at', async () => {
    const { ctx, eventId, take, stack, shown } = await openEvent();
    const [a, c, far] = [await take(0), await take(3), await take(600, { stackId: null })];
    await stack();
    expect(await shown()).toEqual([[a], [c], [far]]);
    // A change that nobody marked stays as it is.
    await ctx.db.update(photos).set({ leadsStack: false }).where(eq(photos.id, far));
    const b = await take(1.5, { qualityScore: 90 });
    expect(await stack()).toBe(1);
    expect(await shown()).toEqual([[b, a, c], [far]]);
    const rows = await ctx.db
      .select()
      .from(photos)
      .where(eq(photos.eventId, eventId))
      .orderBy(asc(photos.sortAt));
    expect(rows.map(({ leadsStack }) => leadsStack)).toEqual([false, true, false, false]);
    expect(new Set(rows.slice(0, 3).map(({ stackId }) => stackId)).size).toBe(1);
  });

  test('when other runners are published: the frames part', async () => {
    const { system, take, stack, shown } = await openEvent();
    const [a, b] = [await take(0), await take(1)];
    await stack();
    const publish = (bib: string) =>
      inTransaction(system, (tx) =>
        setPublishedBibs(
          tx,
          sql`select ${b}::uuid as photo_id, array[${bib}]::text[] as bibs, '{}'::uuid[] as race_ids, false as doubtful,
            null::double precision as triage_gain`,
        ),
      );
    await publish('7');
    expect(await stack()).toBe(0);
    await publish('8');
    expect(await stack()).toBe(1);
    expect(await shown()).toEqual([[a], [b]]);
  });

  test('when a photo is read anew, but not before it is ready, and not by visitors', async () => {
    const { ctx, system, eventId, take, stack } = await openEvent();
    const ready = await take(0, { stackAskedAt: null });
    const prepared = await take(1, { stackAskedAt: null, state: 'prepared' });
    for (const photoId of [ready, prepared])
      await inTransaction(system, (tx) => askStack(tx, { eventId, photoId }));
    expect(await stack()).toBe(1);
    await expect(stackPhotos(ctx, { eventId })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
