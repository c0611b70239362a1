import { and, between, desc, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { LOCAL_DAY } from './count-event-days.ts';
import { events } from './tables.ts';

export interface PublicEventSummary {
  id: string;
  slug: string;
  name: string;
  sport: string;
  startsAt: Date;
  timeZone: string;
  place: string;
  coverPhotoId: string | null;
}

const MAX_PAGE = 60;
const ACCENTED = 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ';
const PLAIN = 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuy';

/** Published, listed events, the latest race day first. `search` asks for every word in the name or the place,
 *  without case and accents; `days` (`YYYY-MM-DD` by each event's own clock, both included) bounds the start; `next` is given back as `after`, null on the last page. */
export async function listPublicEvents(
  ctx: Context,
  input: {
    search?: string;
    days?: { first: string; last: string };
    after?: string | null;
    limit: number;
  },
): Promise<{ events: PublicEventSummary[]; next: string | null }> {
  const limit = Math.min(Math.max(input.limit, 1), MAX_PAGE);
  const rows = await ctx.db
    .select({
      id: events.id,
      slug: events.slug,
      name: events.name,
      sport: events.sport,
      startsAt: events.startsAt,
      timeZone: events.timeZone,
      place: events.place,
      coverPhotoId: events.coverPhotoId,
    })
    .from(events)
    .where(
      and(
        eq(events.status, 'published'),
        eq(events.access, 'public'),
        isNull(events.accessCode),
        afterCursor(input.after ?? null),
        input.days && between(LOCAL_DAY, input.days.first, input.days.last),
        ...searchWords(input.search ?? ''),
      ),
    )
    .orderBy(desc(events.startsAt), desc(events.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? `${last.startsAt.getTime()}_${last.id}` : null;
  return { events: page, next };
}

/** From the year 1 to the year 3938: every date in between is one that a database reads. */
const FARTHEST_MS = 62_135_596_800_000;
const cursorSchema = z.templateLiteral([z.number().int(), '_', z.uuid()]);

function afterCursor(cursor: string | null): SQL | undefined {
  if (cursor === null || !cursorSchema.safeParse(cursor).success) return undefined;
  const [millis = '', id = ''] = cursor.split('_');
  const startsAt = new Date(Number(millis));
  if (!(Math.abs(startsAt.getTime()) < FARTHEST_MS)) return undefined;
  return or(lt(events.startsAt, startsAt), and(eq(events.startsAt, startsAt), lt(events.id, id)));
}

function searchWords(search: string): SQL[] {
  const words = plainText(search).split(/\s+/u).filter(Boolean).slice(0, 6);
  return words.map((word) => {
    const pattern = `%${word.slice(0, 40).replace(/[\\%_]/gu, '\\$&')}%`;
    return sql`translate(lower(${events.name} || ' ' || ${events.place}), ${ACCENTED}, ${PLAIN}) like ${pattern}`;
  });
}

function plainText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('\0', '').toLowerCase();
}
