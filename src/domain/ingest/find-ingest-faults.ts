import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { renditionKey } from '#domain/photos/record-renditions.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { renditions as renditionTable } from '#domain/photos/tables.ts';
import { rows } from '#platform/db/rows.ts';
import type { StoragePrefix } from '#platform/storage/storage.ts';

/** Both sides are read in order, so many keys at a time. */
const PAGE = 1000;
const MOST = 1000;
/** What is stored a moment before its row, or given up, is no fault yet. */
const YOUNG_MS = 24 * 3_600_000;

/** Files that rows name and the storage lacks, and files that no row names. Reads every key once, in bounded memory. */
export async function findIngestFaults(ctx: Context): Promise<Fault[]> {
  requireSystem(ctx);
  const originals = sql`select original_key as key from photos`;
  const renditions = sql`select storage_key as key from renditions`;
  return [
    ...(await compare(ctx, { prefix: 'originals', needed: originals, dropKnown: dropUploads })),
    ...(await compare(ctx, { prefix: 'renditions', needed: renditions, dropKnown: dropYoung })),
  ];
}

interface Comparison {
  prefix: StoragePrefix;
  /** Rows of `key` that must be stored. */
  needed: SQL;
  /** Takes out the keys that may be there without a row. */
  dropKnown(ctx: Context, keys: Set<string>): Promise<void>;
}

async function compare(ctx: Context, { prefix, needed, dropKnown }: Comparison): Promise<Fault[]> {
  const missing: string[] = [];
  const unknown = new Set<string>();
  const stored = pages((after) => ctx.storage.list(prefix, { after, limit: PAGE }));
  const named = pages(async (after) => {
    const found = await rows<{ key: string }>(
      ctx.db,
      sql`select distinct key collate "C" as key from (${needed}) as named
        where key collate "C" > ${after} order by 1 limit ${PAGE}`,
    );
    return found.map(({ key }) => key);
  });
  let [object, row] = [await stored.next(), await named.next()];
  while ((!object.done || !row.done) && missing.length + unknown.size < MOST) {
    if (!object.done && !row.done && object.value === row.value) {
      [object, row] = [await stored.next(), await named.next()];
    } else if (row.done || (!object.done && object.value < row.value)) {
      if (!object.done) unknown.add(object.value);
      object = await stored.next();
    } else {
      missing.push(row.value);
      row = await named.next();
    }
  }
  if (unknown.size > 0) await dropKnown(ctx, unknown);
  return [
    ...missing.map((subject) => ({ rule: 'storage-missing', subject, detail: 'named, not stored' })),
    ...[...unknown].map((subject) => ({ rule: 'storage-orphan', subject, detail: 'stored, not named' })),
  ];
}

async function* pages(read: (after: string) => Promise<string[]>): AsyncGenerator<string, undefined> {
  for (let after = ''; ; ) {
    const keys = await read(after);
    yield* keys;
    if (keys.length < PAGE) return undefined;
    after = keys.at(-1) ?? after;
  }
}

/** An upload has its key before its first byte. */
async function dropUploads(ctx: Context, keys: Set<string>): Promise<void> {
  const listed = sql.join(
    [...keys].map((key) => sql`${key}`),
    sql`, `,
  );
  const found = await rows<{ key: string }>(
    ctx.db,
    sql`select storage_key as key from uploads where storage_key in (${listed})`,
  );
  for (const { key } of found) keys.delete(key);
}

/** Renditions of photos that are young or under way: their keys are known from the original's. */
async function dropYoung(ctx: Context, keys: Set<string>): Promise<void> {
  const young = new Date(ctx.clock.now().getTime() - YOUNG_MS).toISOString();
  const originals = pages(async (after) => {
    const found = await rows<{ key: string }>(
      ctx.db,
      sql`select original_key as key from photos p
        where original_key collate "C" > ${after} and (state <> 'ready' or ready_at > ${young}::timestamptz
          or exists (select 1 from photo_edits e where e.photo_id = p.id and e.rendered_at is null))
        order by original_key collate "C" limit ${PAGE}`,
    );
    return found.map(({ key }) => key);
  });
  for await (const original of originals) {
    for (const kind of renditionTable.kind.enumValues) keys.delete(renditionKey(original, kind));
  }
}
