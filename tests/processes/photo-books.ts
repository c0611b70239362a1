import { createHash } from 'node:crypto';
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Context } from '#context.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { attributions, bibReads } from '#domain/matching/tables.ts';
import { photoCounts, photos, renditions } from '#domain/photos/tables.ts';
import { rows } from '#platform/db/rows.ts';

export type PhotoRow = typeof photos.$inferSelect;

export function listPhotoRows(ctx: Context, eventId: string): Promise<PhotoRow[]> {
  return ctx.db.select().from(photos).where(eq(photos.eventId, eventId)).orderBy(asc(photos.id));
}

/** How many photos of the event are in each state, from the rows themselves. */
export async function countStates(ctx: Context, eventId: string) {
  const counts = { received: 0, prepared: 0, ready: 0, failed: 0 };
  const found = await ctx.db
    .select({ state: photos.state, count: sql<number>`count(*)::int` })
    .from(photos)
    .where(eq(photos.eventId, eventId))
    .groupBy(photos.state);
  for (const { state, count } of found) counts[state] = count;
  return counts;
}

/** I2: nothing of the event is under way any more. */
export async function isSettled(ctx: Context, eventId: string): Promise<boolean> {
  const { received, prepared } = await countStates(ctx, eventId);
  return received + prepared === 0;
}

/** Nothing is left to do, now or later. */
export async function isQuiet(ctx: Context): Promise<boolean> {
  const counts = await ctx.queue.counts();
  return counts.every(({ waiting, active, retrying }) => waiting + active + retrying === 0);
}

/** I1: the stored original is what was sent. */
export async function expectOriginalKept(ctx: Context, photo: PhotoRow): Promise<void> {
  const bytes = await ctx.storage.get(photo.originalKey);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect([photo.fileName, sha256]).toEqual([photo.fileName, photo.sha256]);
}

/**
 * What must hold whatever happened: every photo ended with its renditions or with a reason, was paid at most once and
 * at most once paid back, and each balance is the sum of its movements (I2, I3, I4).
 */
export async function expectBooksInOrder(ctx: Context, eventId: string): Promise<void> {
  const all = await listPhotoRows(ctx, eventId);
  const ids = all.map((photo) => photo.id);
  const made = await ctx.db.select().from(renditions).where(inArray(renditions.photoId, ids));
  const moved = await ctx.db.select().from(creditEntries).where(inArray(creditEntries.photoId, ids));
  for (const photo of all) {
    const kinds = made.filter((one) => one.photoId === photo.id).map((one) => one.kind);
    const cost = moved.filter((one) => one.photoId === photo.id).map((one) => one.credits);
    const paid = photo.bibs.length > 0;
    if (photo.state === 'ready') {
      expect([photo.fileName, kinds.sort()]).toEqual([photo.fileName, ['preview', 'thumbnail', 'web']]);
      expect([photo.fileName, cost.sort()]).toEqual([photo.fileName, paid ? [-1] : [-1, 1]]);
    } else {
      expect([photo.fileName, photo.state]).toEqual([photo.fileName, 'failed']);
      expect(photo.failureReason).toMatch(/^[a-z-]+$/);
      expect([photo.fileName, cost.sort()]).toEqual([photo.fileName, [-1, 1]]);
    }
  }
  const [counted] = await ctx.db.select().from(photoCounts).where(eq(photoCounts.eventId, eventId));
  expect(counted).toMatchObject(await countStates(ctx, eventId));
  for (const { organisationId, credits } of await ctx.db.select().from(creditBalances)) {
    const [sum] = await ctx.db
      .select({ credits: sql<number>`sum(${creditEntries.credits})::int` })
      .from(creditEntries)
      .where(eq(creditEntries.organisationId, organisationId));
    expect(sum?.credits).toBe(credits);
    expect(credits).toBeGreaterThanOrEqual(0);
  }
}

/** I8: no stored object without its row, and none missing. */
export async function expectNoOrphans(ctx: Context): Promise<void> {
  const originals = await ctx.db.select({ key: photos.originalKey }).from(photos);
  const made = await ctx.db.select({ key: renditions.storageKey }).from(renditions);
  expect(await ctx.storage.list('originals', { limit: 10_000 })).toEqual(sortedKeys(originals));
  expect(await ctx.storage.list('renditions', { limit: 10_000 })).toEqual(sortedKeys(made));
}

function sortedKeys(found: { key: string }[]): string[] {
  return found.map(({ key }) => key).sort();
}

/** every photo under way has a job that lives. */
export async function expectJobsForAllUnderWay(ctx: Context): Promise<void> {
  const left = await rows<{ fileName: string }>(
    ctx.db,
    sql`select file_name as "fileName" from photos p where state in ('received', 'prepared') and not exists (
      select 1 from pgboss.job j where j.state in ('created', 'retry', 'active') and j.data->>'photoId' = p.id::text)`,
  );
  expect(left).toEqual([]);
}

/** Everything a second run of a finished job could change, in a form to compare. */
export async function readResults(ctx: Context, eventId: string) {
  const all = await listPhotoRows(ctx, eventId);
  const ids = all.map((photo) => photo.id);
  const made = await ctx.db.select().from(renditions).where(inArray(renditions.photoId, ids));
  const etags = await Promise.all(
    made.map(async ({ storageKey }) =>
      createHash('sha256')
        .update(await ctx.storage.get(storageKey))
        .digest('hex'),
    ),
  );
  return {
    photos: all,
    files: made.map((one, index) => `${one.photoId}/${one.kind} ${etags[index]}`).sort(),
    reads: await ctx.db
      .select()
      .from(bibReads)
      .where(inArray(bibReads.photoId, ids))
      .orderBy(asc(bibReads.id)),
    tags: await ctx.db
      .select()
      .from(attributions)
      .where(eq(attributions.eventId, eventId))
      .orderBy(asc(attributions.id)),
    credits: await ctx.db.select().from(creditEntries).orderBy(asc(creditEntries.id)),
  };
}

/** No number is there twice at one place of a photo: the reads were written once. */
export async function expectReadsOnce(ctx: Context): Promise<void> {
  const doubled = await rows(
    ctx.db,
    sql`select photo_id, bib, box from ${bibReads} group by photo_id, bib, box having count(*) > 1`,
  );
  expect(doubled).toEqual([]);
}

export interface PhotoJobRow extends Record<string, unknown> {
  photoId: string;
  state: 'created' | 'retry' | 'active' | 'failed';
  /** Attempts that failed or were lost before this one. */
  retryCount: number;
  /** May be taken at once. */
  due: boolean;
}

/** The jobs about an event's photos that are not done. */
export function listPhotoJobs(ctx: Context, eventId: string): Promise<PhotoJobRow[]> {
  return rows<PhotoJobRow>(
    ctx.db,
    sql`select p.id as "photoId", j.state::text, retry_count as "retryCount", start_after <= now() as due
      from pgboss.job j join photos p on p.id::text = j.data->>'photoId'
      where j.name = 'heavy' and p.event_id = ${eventId}`,
  );
}
