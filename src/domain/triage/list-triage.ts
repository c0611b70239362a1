import { and, asc, desc, eq, inArray, isNotNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { findBursts } from '#domain/matching/find-bursts.ts';
import { photos } from '#domain/photos/tables.ts';
import { DomainError } from '#platform/errors.ts';
import { triageClaims } from './tables.ts';

const POSITION = /^(\d+(?:\.\d+)?(?:e-?\d+)?)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** Of one burst, so that a page stays a page. */
const MOST_MATES = 12;

interface WaitingQuery {
  eventId: string;
  /** `next` of the page before. */
  after?: string | null | undefined;
  /** Photos to give; the burst of the last one comes whole. */
  limit: number;
  /** Photos that are in hand already. */
  except: string[];
  /** Without what other seats hold. */
  seatId: string;
}

/**
 * The photos of an event that wait for a person's word, in the order that teaches most: by `triageGain` of matching, doubtful
 * ones first and then those on which somebody can be seen and nobody was named. The frames of a burst come together, where
 * the first of them stands. `next` is null at the end.
 */
export async function listTriage(
  ctx: Context,
  query: WaitingQuery,
): Promise<{ photoIds: string[]; next: string | null }> {
  const { eventId, limit, except } = query;
  const free = and(
    eq(photos.eventId, eventId),
    isNotNull(photos.triageGain),
    except.length > 0 ? notInArray(photos.id, except) : undefined,
    notHeld(ctx, query.seatId),
  );
  const found = await ctx.db
    .select({ id: photos.id, gain: photos.triageGain })
    .from(photos)
    .where(and(free, beyond(query.after)))
    .orderBy(desc(photos.triageGain), desc(photos.id))
    .limit(limit + 1);
  const bursts = await waitingBursts(ctx, { eventId, free, ids: found.slice(0, limit).map(({ id }) => id) });
  const given = new Set<string>();
  let used = 0;
  for (const { id } of found.slice(0, limit)) {
    // The last burst is given whole, and no further one: what one seat holds, no other is given.
    if (given.size >= limit) break;
    for (const mate of bursts.get(id) ?? []) given.add(mate);
    given.add(id);
    used += 1;
  }
  const last = found[used - 1];
  return { photoIds: [...given], next: used < found.length && last ? `${last.gain}~${last.id}` : null };
}

function notHeld(ctx: Context, seatId: string): SQL {
  const { photoId, heldUntil } = triageClaims;
  const now = ctx.clock.now().toISOString();
  return sql`not exists (select 1 from ${triageClaims} where ${photoId} = ${photos.id}
    and ${triageClaims.seatId} <> ${seatId}::uuid and ${heldUntil} > ${now}::timestamptz)`;
}

function beyond(after: string | null | undefined): SQL | undefined {
  if (after === null || after === undefined) return undefined;
  const [, gain, id] = POSITION.exec(after) ?? [];
  if (!gain || !id) throw new DomainError('bad-input', { public: { key: 'photos.badPage' } });
  return sql`(${photos.triageGain}, ${photos.id}) < (${gain}::float8, ${id}::uuid)`;
}

/** By photo, those of its burst that wait as well, in order. */
async function waitingBursts(
  ctx: Context,
  { eventId, free, ids }: { eventId: string; free: SQL | undefined; ids: string[] },
): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const bursts = await findBursts(ctx, { eventId, photoIds: ids });
  const others = bursts.flatMap((burst) => burst.map(({ id }) => id)).filter((id) => !ids.includes(id));
  const waiting =
    others.length === 0
      ? []
      : await ctx.db
          .select({ id: photos.id })
          .from(photos)
          .where(and(free, inArray(photos.id, others)))
          .orderBy(asc(photos.id));
  const may = new Set([...ids, ...waiting.map(({ id }) => id)]);
  return new Map(
    bursts.flatMap((burst) => {
      const mates = burst.map(({ id }) => id).filter((id) => may.has(id));
      return burst.map(({ id }) => [id, mates.slice(0, MOST_MATES)] as const);
    }),
  );
}
