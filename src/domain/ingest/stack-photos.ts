import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { photoFindings } from '#domain/matching/tables.ts';
import { askStacking } from '#domain/photos/ask-stacking.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { setStacks } from '#domain/photos/set-stacks.ts';
import { findStacks, STACK_REACH_MS, type StackFrame } from '#domain/photos/stack.ts';
import { photos } from '#domain/photos/tables.ts';
import { mainPerson } from '#vision/persons/main-person.ts';

/** With their neighbours a few hundred photos, a tenth of a second. */
const PHOTOS_AT_ONCE = 100;
/** Then the event's turn is over and it asks for another. */
const MOST_TURNS = 100;

/**
 * Puts an event's photos that wait for it into their moments, with those around them; gives how many waited. Whoever is far
 * from them is not looked at. Safe to run twice and at once.
 */
export async function stackPhotos(ctx: Context, input: { eventId: string }): Promise<number> {
  requireSystem(ctx);
  const { eventId } = input;
  let done = 0;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const count = await inTransaction(ctx, (tx) => stackSome(tx, eventId));
    done += count;
    if (count < PHOTOS_AT_ONCE) return done;
  }
  await inTransaction(ctx, (tx) => askStacking(tx, eventId));
  return done;
}

async function stackSome(tx: Context, eventId: string): Promise<number> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`stack/${eventId}`}, 0))`);
  const asked = await tx.db
    .select({ id: photos.id, sortAt: photos.sortAt })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), isNotNull(photos.stackAskedAt)))
    .orderBy(asc(photos.sortAt), asc(photos.id))
    .limit(PHOTOS_AT_ONCE);
  if (asked.length === 0) return 0;
  const found = await findAround(
    tx,
    eventId,
    asked.map(({ sortAt }) => sortAt.getTime()),
  );
  const looked = new Set(asked.map(({ id }) => id));
  await setStacks(tx, {
    photos: found.map(({ id, askedAt }) => ({ id, askedAt: looked.has(id) ? askedAt : null })),
    stacks: findStacks(found.map(toFrame)),
  });
  return asked.length;
}

const columns = {
  id: photos.id,
  cameraKey: photos.cameraKey,
  takenAt: photos.takenAt,
  sortAt: photos.sortAt,
  sequence: photos.sequence,
  perceptualHash: photos.perceptualHash,
  bibs: photos.bibs,
  qualityScore: photos.qualityScore,
  blurry: photos.blurry,
  widthPx: photos.widthPx,
  heightPx: photos.heightPx,
  hiddenAt: photos.hiddenAt,
  askedAt: photos.stackAskedAt,
  persons: photoFindings.persons,
};

/** The ready photos within reach of these instants, and all that share a moment with one of them. */
async function findAround(tx: Context, eventId: string, instantsMs: number[]) {
  const within = (alias: SQL) => sql`${alias}.event_id = ${eventId} and ${alias}.state = 'ready'
    and ${alias}.sort_at between span.first and span.last`;
  const spans = JSON.stringify(spansAround(instantsMs));
  const near = sql`select near.id, near.stack_id from jsonb_to_recordset(${spans}::jsonb) as span(first timestamptz, last timestamptz)
    join photos as near on ${within(sql`near`)}`;
  return tx.db
    .select(columns)
    .from(photos)
    .leftJoin(photoFindings, eq(photoFindings.photoId, photos.id))
    .where(
      sql`${photos.state} = 'ready' and ${photos.id} in (with near as materialized (${near})
        select id from near union select mate.id from photos as mate where mate.stack_id in (select stack_id from near))`,
    );
}

type Found = Awaited<ReturnType<typeof findAround>>[number];

/** Times within reach of these instants, which are in order, without overlap. */
function spansAround(instantsMs: readonly number[]): { first: Date; last: Date }[] {
  const spans: { first: Date; last: Date }[] = [];
  for (const instant of instantsMs) {
    const open = spans.at(-1);
    const last = new Date(instant + STACK_REACH_MS);
    if (open && instant - STACK_REACH_MS <= open.last.getTime()) open.last = last;
    else spans.push({ first: new Date(instant - STACK_REACH_MS), last });
  }
  return spans;
}

function toFrame(photo: Found): StackFrame {
  const { id, takenAt, sortAt, hiddenAt, widthPx, heightPx, persons } = photo;
  const box = mainPerson(persons ?? [], []);
  const subject = persons?.find((person) => person.box === box);
  return {
    photoId: id,
    cameraKey: photo.cameraKey,
    cameraAtMs: takenAt?.getTime() ?? null,
    sortAtMs: sortAt.getTime(),
    sequence: photo.sequence,
    perceptualHash: photo.perceptualHash,
    bibs: photo.bibs,
    qualityScore: photo.qualityScore,
    blurry: photo.blurry ?? false,
    pixels: (widthPx ?? 0) * (heightPx ?? 0),
    subjectShare: box ? box.w * box.h : 0,
    clothing: subject?.clothing ?? null,
    hidden: hiddenAt !== null,
  };
}
