import { and, desc, eq, exists, gte, inArray, isNull, lt, ne, not, or, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Context } from '#context.ts';
import { events } from '#domain/events/tables.ts';
import { refusesPhotos } from '#domain/timing/refuses-photos.ts';
import { attributions } from './tables.ts';

/** More photos of one runner in one event than anyone has; a bound, not a page. */
const MOST_PHOTOS_OF_A_RUNNER = 500;

/** Published attributions: confirmed by a person, or by machines at the event's threshold, and of nobody who refuses photos.
 *  With `events` joined. */
export function isPublished(): SQL | undefined {
  return and(
    or(
      eq(attributions.decision, 'confirmed'),
      and(isNull(attributions.decision), gte(attributions.probability, events.publishThreshold)),
    ),
    mayBeOffered(),
  );
}

/** True for tags that may be shown or asked about at all. */
function mayBeOffered(): SQL {
  return not(refusesPhotos(attributions.eventId, attributions.bib));
}

/** Photos on which one of the bibs is published, the surest first. Whether they are visible is for the photos' own rules. */
export async function listAttributedPhotoIds(
  ctx: Context,
  input: { eventId: string; bibs: string[] },
): Promise<string[]> {
  return listIds(ctx, input, isPublished());
}

/** Photos on which one of the bibs may be: probable enough to offer, not enough to publish. */
export async function listDoubtedPhotoIds(
  ctx: Context,
  input: { eventId: string; bibs: string[]; leastProbability: number },
): Promise<string[]> {
  const doubted = and(
    isNull(attributions.decision),
    gte(attributions.probability, input.leastProbability),
    lt(attributions.probability, events.publishThreshold),
    mayBeOffered(),
    not(exists(sameBodyPublished(ctx))),
  );
  return listIds(ctx, input, doubted);
}

/** Somebody else is published with the very digits or body that the tag hangs on: then it is only what else they may say. */
function sameBodyPublished(ctx: Context) {
  const other = alias(attributions, 'other');
  return ctx.db
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.photoId, attributions.photoId),
        ne(other.bib, attributions.bib),
        eq(other.box, attributions.box),
        or(
          eq(other.decision, 'confirmed'),
          and(isNull(other.decision), gte(other.probability, events.publishThreshold)),
        ),
      ),
    );
}

async function listIds(
  ctx: Context,
  input: { eventId: string; bibs: string[] },
  condition: SQL | undefined,
): Promise<string[]> {
  if (input.bibs.length === 0) return [];
  const found = await ctx.db
    .select({ photoId: attributions.photoId })
    .from(attributions)
    .innerJoin(events, eq(events.id, attributions.eventId))
    .where(and(eq(attributions.eventId, input.eventId), inArray(attributions.bib, input.bibs), condition))
    .orderBy(desc(attributions.probability))
    .limit(MOST_PHOTOS_OF_A_RUNNER);
  return [...new Set(found.map((row) => row.photoId))];
}
