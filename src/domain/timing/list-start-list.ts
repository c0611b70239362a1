import { and, asc, eq, inArray, like, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { normaliseName } from './normalise-name.ts';
import { inEvent, selectRunners } from './select-runners.ts';
import type { ListedRunner, Runner } from './start-list.ts';
import { bibChanges, startListEntries } from './tables.ts';

const MAX_PAGE = 200;
const cursorSchema = z.object({ bib: z.string().max(30), entryId: z.uuid() });

/** An own event's start list in the order of numbers: 7, 12, 101, A12. `search` is the start of a bib, or words of a name. */
export async function listStartList(
  ctx: Context,
  input: { eventId: string; search?: string; after?: string | null; limit: number },
): Promise<{ runners: ListedRunner[]; next: string | null }> {
  const event = await requireOwnEvent(ctx, input);
  const limit = Math.min(Math.max(input.limit, 1), MAX_PAGE);
  const { bib, id } = startListEntries;
  const rows = await selectRunners(
    ctx,
    event.id,
    and(inEvent(event.id), searchCondition(input.search ?? ''), afterCursor(input.after ?? null)),
    { limit: limit + 1, orderBy: [sql`length(${bib})`, asc(bib), asc(id)] },
  );
  const runners = rows.slice(0, limit);
  const last = runners.at(-1);
  const next = rows.length > limit && last ? encodeCursor(last) : null;
  return { runners: await withHistory(ctx, runners), next };
}

async function withHistory(ctx: Context, runners: Runner[]): Promise<ListedRunner[]> {
  const ids = runners.map(({ entryId }) => entryId);
  if (ids.length === 0) return [];
  const { id, photoConsent, faceConsent, photoOptOut } = startListEntries;
  const consents = await ctx.db
    .select({ id, photoConsent, faceConsent, photoOptOut })
    .from(startListEntries)
    .where(inArray(id, ids));
  const changes = await ctx.db
    .select({ entryId: bibChanges.entryId, fromBib: bibChanges.fromBib })
    .from(bibChanges)
    .where(inArray(bibChanges.entryId, ids))
    .orderBy(asc(bibChanges.at));
  const consentsOf = new Map(consents.map(({ id: entryId, ...said }) => [entryId, said]));
  return runners.map((runner) => ({
    ...runner,
    ...(consentsOf.get(runner.entryId) ?? { photoConsent: null, faceConsent: null, photoOptOut: null }),
    formerBibs: changes.filter(({ entryId }) => entryId === runner.entryId).map(({ fromBib }) => fromBib),
  }));
}

/** How many runners an own event's start list has. */
export async function countStartList(ctx: Context, input: { eventId: string }): Promise<number> {
  const event = await requireOwnEvent(ctx, input);
  return ctx.db.$count(startListEntries, eq(startListEntries.eventId, event.id));
}

function searchCondition(search: string): SQL | undefined {
  const words = normaliseName(search).split(' ').filter(Boolean).slice(0, 5);
  if (words.length === 0) return undefined;
  const bibPattern = `${search
    .trim()
    .toUpperCase()
    .replace(/[\\%_]/gu, '\\$&')
    .replaceAll('\0', '')}%`;
  return or(like(startListEntries.bib, bibPattern), and(...words.map(nameWord)));
}

/** True for entries with a word of the name that starts so. */
function nameWord(word: string): SQL {
  return sql`(' ' || ${startListEntries.nameSearch}) like ${`% ${word}%`}`;
}

function encodeCursor({ bib, entryId }: Runner): string {
  return Buffer.from(JSON.stringify({ bib, entryId })).toString('base64url');
}

function afterCursor(cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined;
  const after = decodeCursor(cursor);
  if (!after) return undefined;
  const { bib, id } = startListEntries;
  return sql`(length(${bib}), ${bib}, ${id}) > (length(${after.bib}::text), ${after.bib}::text, ${after.entryId}::uuid)`;
}

function decodeCursor(cursor: string) {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    // An address that somebody changed by hand shows the first page.
    return null;
  }
}
