import { and, asc, desc, eq, gte, lt } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { events } from '../events/tables.ts';
import { isVisible } from './gallery-photo.ts';
import { photos } from './tables.ts';

const DAY_MS = 86_400_000;
/** A camera whose clock was never set says years before or after: an event's photos are of these days. */
const DAYS_BEFORE = 2;
const DAYS_AFTER = 15;

/** When the first and the last visible photo of an event were taken; null when there is none of its days. */
export async function getPhotoSpan(
  ctx: Context,
  input: { eventId: string; startsAt: Date },
): Promise<{ first: Date; last: Date } | null> {
  const start = input.startsAt.getTime();
  const days = and(
    eq(photos.eventId, input.eventId),
    isVisible(ctx),
    gte(photos.sortAt, new Date(start - DAYS_BEFORE * DAY_MS)),
    lt(photos.sortAt, new Date(start + DAYS_AFTER * DAY_MS)),
  );
  const [[first], [last]] = await Promise.all(
    [asc, desc].map((direction) =>
      ctx.db
        .select({ sortAt: photos.sortAt })
        .from(photos)
        .innerJoin(events, eq(events.id, photos.eventId))
        .where(days)
        .orderBy(direction(photos.sortAt), direction(photos.id))
        .limit(1),
    ),
  ).then(([earliest = [], latest = []]) => [earliest, latest] as const);
  return first && last ? { first: first.sortAt, last: last.sortAt } : null;
}
