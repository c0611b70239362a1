import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { photoCounts, renditions } from '#domain/photos/tables.ts';
import {
  makeCredits,
  makeEvent,
  makePhoto,
  makeRendition,
  makeUpload,
  makeUser,
} from '../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../tests/harness.ts';
import { findFaults, tellFaults } from './check-integrity.ts';

const OLD_MS = 3 * 24 * 3_600_000;

/** An event whose one photo has everything, and credits that add up. */
async function makeWhole(ctx: TestContext) {
  const event = await makeEvent(ctx);
  await makeCredits(ctx, event.organisationId, 10);
  const readyAt = new Date(ctx.clock.now().getTime() - OLD_MS);
  const photo = await makePhoto(ctx, { eventId: event.id, readyAt, receivedAt: readyAt });
  await ctx.storage.put(photo.originalKey, Buffer.from('original'), 'image/jpeg');
  for (const kind of ['web', 'preview', 'thumbnail'] as const) {
    const made = await makeRendition(ctx, { photoId: photo.id, kind });
    await ctx.storage.put(made.storageKey, Buffer.from(kind), 'image/webp');
  }
  return { event, photo };
}

/** The faults of what this test made: the database is shared with the file's other tests. */
async function faultsAbout(ctx: TestContext, subjects: string[]) {
  const faults = await findFaults(withActor(ctx, { kind: 'system', name: 'integrity' }));
  return faults.filter((fault) => subjects.includes(fault.subject)).map((fault) => fault.rule);
}

const originalOf = (text: string) => `originals/aa/${text}`;

type Planted = (ctx: TestContext, whole: Awaited<ReturnType<typeof makeWhole>>) => Promise<string>;

const VIOLATIONS: Record<string, Planted> = {
  'credits-balance': async (ctx, { event: { organisationId } }) => {
    await ctx.db
      .update(creditBalances)
      .set({ credits: 11 })
      .where(eq(creditBalances.organisationId, organisationId));
    return organisationId;
  },
  'credits-of-photo': async (ctx, { event: { organisationId }, photo }) => {
    const shared = { organisationId, photoId: photo.id, createdAt: ctx.clock.now() };
    await ctx.db.insert(creditEntries).values(
      [1, 2].map((time) => ({
        ...shared,
        id: ctx.random.id(),
        kind: 'debit' as const,
        credits: -1,
        uniqueKey: `test/${photo.id}/${time}`,
      })),
    );
    return photo.id;
  },
  'photo-counts': async (ctx, { event }) => {
    await ctx.db.update(photoCounts).set({ ready: 7 }).where(eq(photoCounts.eventId, event.id));
    return event.id;
  },
  'photo-renditions': async (ctx, { photo }) => {
    await ctx.db.delete(renditions).where(eq(renditions.photoId, photo.id));
    return photo.id;
  },
  'storage-missing': async (ctx, { photo }) => {
    await ctx.storage.remove([photo.originalKey]);
    return photo.originalKey;
  },
  'storage-orphan': async (ctx) => {
    const key = originalOf(`${ctx.random.token(24)}.jpg`);
    await ctx.storage.put(key, Buffer.from('nobody’s'), 'image/jpeg');
    return key;
  },
};

test.each(Object.entries(VIOLATIONS))(
  'names a violation of %s, which was not there before',
  async (rule, plant) => {
    const ctx = await createTestContext();
    const whole = await makeWhole(ctx);
    const { event, photo } = whole;
    const own = [event.id, event.organisationId, photo.id, photo.originalKey];
    expect(await faultsAbout(ctx, own)).toEqual([]);
    const subject = await plant(ctx, whole);
    expect(await faultsAbout(ctx, [subject])).toContain(rule);
    const told = tellFaults([{ rule, subject, detail: 'planted\x1b[2J' }], 'fr').join('\n');
    expect(told).toContain(subject);
    expect(told).not.toContain('\x1b');
  },
);

test('an upload under way is no orphan', async () => {
  const ctx = await createTestContext();
  const { event } = await makeWhole(ctx);
  const { id: userId } = await makeUser(ctx);
  const { storageKey } = await makeUpload(ctx, { eventId: event.id, userId });
  await ctx.storage.put(storageKey, Buffer.from('on its way'), 'image/jpeg');
  expect(await faultsAbout(ctx, [storageKey])).toEqual([]);
});

test('only the system reads all books', async () => {
  const ctx = await createTestContext();
  await expect(findFaults(ctx)).rejects.toMatchObject({ code: 'forbidden' });
});
