import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, eq, inArray } from 'drizzle-orm';
import { type Context, inTransaction, withActor } from '#context.ts';
import { markPhotosToWeigh, markReadyPhotos } from '#domain/matching/mark-photos-to-weigh.ts';
import { attributions, bibReads, photoFindings, photosToWeigh } from '#domain/matching/tables.ts';
import { weighPhotos } from '#domain/matching/weigh-photos.ts';
import { photos } from '#domain/photos/tables.ts';
import { readConfig } from '#platform/config.ts';
import { createContext } from '../../src/create-context.ts';
import { compareRounds, type Figure, type Measure, playRounds, statedFigure } from './figure.ts';
import { insertRace } from './insert-race.ts';

const LARGEST = 16_000;
/** Each size is so many times the one before. */
const STEP = 4;
const SIZES = 3;
const PER_ROUND = 20;

export const weighing: Measure = {
  name: 'weighing',
  about: 'events of growing size weighed as a whole, and single photos of the largest again',
  async run({ photos: largest = LARGEST } = {}) {
    const folder = mkdtempSync(join(tmpdir(), 'focus-racer-bench-weighing-'));
    const config = readConfig({ NODE_ENV: 'production', DATA_DIR: folder, LOG_LEVEL: 'silent' });
    const { ctx: base, stop } = await createContext({ role: 'command', config });
    try {
      const ctx = withActor(base, { kind: 'system', name: 'bench' });
      await weighWhole(ctx, await insertRace(ctx, 200));
      const wholes: { photos: number; cpuMs: number }[] = [];
      let eventId = '';
      for (let size = SIZES - 1; size >= 0; size -= 1) {
        const photoCount = Math.round(largest / STEP ** size);
        eventId = await insertRace(ctx, photoCount);
        wholes.push({ photos: photoCount, cpuMs: await weighWhole(ctx, eventId) });
        console.error(
          `  ${photoCount} photos: ${((wholes.at(-1)?.cpuMs ?? 0) / photoCount).toFixed(2)} CPU ms each`,
        );
      }
      return [...growthOf(wholes), ...(await weighSingles(ctx, eventId))];
    } finally {
      await stop(0);
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function growthOf(wholes: { photos: number; cpuMs: number }[]): Figure[] {
  const [first, last] = [wholes[0], wholes.at(-1)];
  if (!first || !last) throw new Error('nothing was weighed');
  const exponent = Math.log(last.cpuMs / first.cpuMs) / Math.log(last.photos / first.photos);
  return [
    statedFigure(
      {
        title: `Weighing of ${last.photos} photos, exponent of its growth from ${first.photos}`,
        unit: 'N^',
        target: { atMost: 1.1 },
      },
      exponent,
    ),
    statedFigure(
      {
        title: `Weighing of ${last.photos} photos with what it learns`,
        unit: 'CPU ms per photo',
        target: { atMost: 50 },
      },
      last.cpuMs / last.photos,
    ),
  ];
}

/** The database is in this process: its work is counted too. */
async function cpuMsOf(work: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function weighWhole(ctx: Context, eventId: string): Promise<number> {
  const cpuMs = await cpuMsOf(async () => {
    await inTransaction(ctx, (tx) => markReadyPhotos(tx, { eventId }));
    await weighAll(ctx, eventId);
  });
  const [tags] = await ctx.db
    .select({ count: count() })
    .from(attributions)
    .where(eq(attributions.eventId, eventId));
  if (!tags?.count) throw new Error('the weighing named nobody');
  return cpuMs;
}

async function weighAll(ctx: Context, eventId: string): Promise<void> {
  const waiting = () => ctx.db.$count(photosToWeigh, eq(photosToWeigh.eventId, eventId));
  do await weighPhotos(ctx, { eventId });
  while ((await waiting()) > 0);
}

/** Beside the reading and writing that no weighing could do without. */
async function weighSingles(ctx: Context, eventId: string): Promise<Figure[]> {
  const some = await ctx.db
    .select({ id: photos.id })
    .from(photos)
    .where(eq(photos.eventId, eventId))
    .orderBy(photos.id)
    .limit(PER_ROUND);
  const each = async (work: (photoId: string) => Promise<void>) => {
    const cpuMs = await cpuMsOf(async () => {
      for (const { id } of some) await work(id);
    });
    return cpuMs / some.length;
  };
  const rounds = await playRounds({
    floor: () => each((photoId) => readAndWrite(ctx, photoId)),
    subject: () =>
      each(async (photoId) => {
        await inTransaction(ctx, (tx) => markPhotosToWeigh(tx, { eventId, photoIds: [photoId] }));
        await weighAll(ctx, eventId);
      }),
  });
  const single = compareRounds(
    {
      title: 'One photo weighed again with its burst ÷ its own rows read and written',
      unit: 'CPU ms',
      target: null,
    },
    rounds,
  );
  return [
    single,
    statedFigure(
      { title: 'One photo weighed again with its burst', unit: 'CPU ms', target: { atMost: 50 } },
      single.subject,
    ),
  ];
}

function readAndWrite(ctx: Context, photoId: string): Promise<void> {
  return inTransaction(ctx, async (tx) => {
    await tx.db.select().from(photos).where(eq(photos.id, photoId)).for('update');
    await tx.db.select().from(bibReads).where(eq(bibReads.photoId, photoId));
    await tx.db.select().from(photoFindings).where(eq(photoFindings.photoId, photoId));
    const tags = await tx.db.select().from(attributions).where(eq(attributions.photoId, photoId));
    await tx.db.delete(attributions).where(
      inArray(
        attributions.id,
        tags.map(({ id }) => id),
      ),
    );
    if (tags.length > 0) await tx.db.insert(attributions).values(tags);
  });
}
