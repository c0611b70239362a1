import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '#context.ts';
import { searchPhotos } from '#domain/matching/search-photos.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { listVisiblePhotos } from '#domain/photos/list-visible-photos.ts';
import { readConfig } from '#platform/config.ts';
import { createContext } from '../../src/create-context.ts';
import { startPostgres } from '../../tests/postgres-server.ts';
import { compareRounds, type Figure, type Measure, median, playRounds } from './figure.ts';
import { type BigEvent, insertEvent, positionAt } from './insert-event.ts';

const SMALL = 100;
const LARGE = 100_000;
const PER_ROUND = 60;
const PAGE = 60;

type Question = (ctx: Context, event: BigEvent, turn: number) => Promise<{ found: number }>;

/** Each asked in the small event and in the large one, both in one database. */
const questions: { title: string; atMost: number | null; ask: Question }[] = [
  {
    title: 'Search by bib',
    atMost: 1.3,
    ask: async (ctx, event, turn) => {
      const query = event.bibs[(turn * 37) % event.bibs.length] ?? '';
      const answer = await searchPhotos(ctx, { eventId: event.id, query });
      return { found: answer.kind === 'bib' ? answer.sure.length : 0 };
    },
  },
  {
    title: 'Search by name with a slip',
    // It looks through every word of the start list: in memory, but once for each.
    atMost: null,
    ask: async (ctx, event, turn) => {
      const query = `moraeu ${(turn * 37) % event.bibs.length}`;
      const answer = await searchPhotos(ctx, { eventId: event.id, query });
      return { found: answer.kind === 'runners' ? answer.runners.length : 0 };
    },
  },
  {
    title: 'Gallery page at six tenths of its depth',
    atMost: 1.3,
    ask: async (ctx, event) => {
      const page = await listVisiblePhotos(ctx, {
        eventId: event.id,
        after: event.deepPosition,
        limit: PAGE,
      });
      return { found: page.photos.length };
    },
  },
  {
    title: 'First gallery page with its counters',
    atMost: 1.5,
    ask: async (ctx, event) => {
      const page = await listVisiblePhotos(ctx, { eventId: event.id, limit: PAGE });
      const { ready } = await getPhotoCounts(ctx, { eventId: event.id });
      return { found: ready === event.photos ? page.photos.length : 0 };
    },
  },
];

export const search: Measure = {
  name: 'search',
  about: `an event of ${LARGE} photos, beside one of ${SMALL} in the same database`,
  async run() {
    const embedded = await withContext({}, (ctx) => compareEvents(ctx, 'embedded'));
    const server = await startPostgres({ durable: true });
    if (!server) {
      console.error('  PostgreSQL is not installed: the embedded database alone was measured');
      return embedded;
    }
    try {
      const env = { DATABASE_URL: server.url, AUTH_SECRET: randomBytes(48).toString('base64') };
      return [...embedded, ...(await withContext(env, (ctx) => compareEvents(ctx, 'PostgreSQL')))];
    } finally {
      server.stop();
    }
  },
};

async function withContext(
  env: Record<string, string>,
  work: (ctx: Context) => Promise<Figure[]>,
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'focus-racer-bench-search-'));
  const config = readConfig({ NODE_ENV: 'production', DATA_DIR: folder, LOG_LEVEL: 'silent', ...env });
  const opened = await createContext({ role: 'command', config });
  try {
    return await work(opened.ctx);
  } finally {
    await opened.stop(0);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareEvents(ctx: Context, database: string): Promise<Figure[]> {
  const small = await insertEvent(ctx, SMALL);
  const large = await insertEvent(ctx, LARGE);
  small.deepPosition = await positionAt(ctx, small, SMALL * 0.4 - 1);
  large.deepPosition = await positionAt(ctx, large, LARGE * 0.6 - 1);
  const figures: Figure[] = [];
  for (const { title, atMost, ask } of questions) {
    const play = {
      floor: () => costOf(ctx, small, ask),
      subject: () => costOf(ctx, large, ask),
    };
    await playRounds(play, 1);
    const unit = ctx.database.kind === 'pglite' ? 'CPU ms' : 'ms';
    const target = atMost === null ? null : { atMost };
    figures.push(compareRounds({ title: `${title}, ${database}`, unit, target }, await playRounds(play)));
  }
  return figures;
}

/** The embedded database works in this process, so its CPU tells all; another server's work shows in the time alone. */
async function costOf(ctx: Context, event: BigEvent, ask: Question): Promise<number> {
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (let turn = 0; turn < PER_ROUND; turn += 1) {
    const start = performance.now();
    const { found } = await ask(ctx, event, turn);
    times.push(performance.now() - start);
    if (found === 0) throw new Error('a question found nothing');
  }
  const { user, system } = process.cpuUsage(cpu);
  return ctx.database.kind === 'pglite' ? (user + system) / 1000 / PER_ROUND : median(times);
}
