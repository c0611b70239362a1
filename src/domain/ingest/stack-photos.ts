import { and, asc, between, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { photoFindings } from '#domain/matching/tables.ts';
import { askStacking } from '#domain/photos/ask-stacking.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { setStacks } from '#domain/photos/set-stacks.ts';
import { findStacks, STACK_REACH_MS, type StackFrame } from '#domain/photos/stack.ts';
import { photos } from '#domain/photos/tables.ts';
import { mainPerson } from '#vision/persons/main-person.ts';

/** With their neighbours a few hundred photos, some hundredths of a second. */
const PHOTOS_AT_ONCE = 100;
/** Then the event's turn is over and it asks for another. */
const MOST_TURNS = 1000;

/**
 * Puts an event's photos that wait for it into their stacks, with those around them; gives how many waited. Whoever is far
 * from them is not looked at. Safe to run twice and at once.
 */
export async function stackPhotos(ctx: Context, input: { eventId: string }): Promise<number> {
  requireSystem(ctx);
  const { eventId } = input;
  let done = 0;
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const count = await inTransaction(ctx, (tx) => stackSome(tx, eventId));
    if (count === 0) return done;
    done += count;
  }
  await inTransaction(ctx, (tx) => askStacking(tx, eventId));
  return done;
}

async function stackSome(tx: Context, eventId: string): Promise<number> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`stack/${eventId}`}, 0))`);
  const waiting = await tx.db
    .select({ id: photos.id, sortAt: photos.sortAt })
    .from(photos)
    .where(and(eq(photos.eventId, eventId), eq(photos.state, 'ready'), isNotNull(photos.stackAskedAt)))
    .orderBy(asc(photos.sortAt), asc(photos.id))
    .limit(PHOTOS_AT_ONCE);
  const asked = upToGap(waiting);
  const [first, last] = [asked[0], asked.at(-1)];
  if (!first || !last) return 0;
  const found = await findAround(tx, eventId, first.sortAt, last.sortAt);
  const looked = new Set(asked.map(({ id }) => id));
  await setStacks(tx, {
    photos: found.map(({ id, askedAt }) => ({ id, askedAt: looked.has(id) ? askedAt : null })),
    stacks: findStacks(found.map(toFrame)),
  });
  return asked.length;
}

/** Those that have neighbours in common: the time between them and the next is then none that has to be looked at. */
function upToGap<Waiting extends { sortAt: Date }>(waiting: readonly Waiting[]): readonly Waiting[] {
  const gap = waiting.findIndex(({ sortAt }, index) => {
    const before = waiting[index - 1];
    return before !== undefined && sortAt.getTime() - before.sortAt.getTime() > 2 * STACK_REACH_MS;
  });
  return gap === -1 ? waiting : waiting.slice(0, gap);
}

const columns = {
  id: photos.id,
  stackId: photos.stackId,
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

/** The ready photos within reach of this time, and all that share a stack with one of them. */
async function findAround(tx: Context, eventId: string, first: Date, last: Date) {
  const find = (which: SQL | undefined) =>
    tx.db
      .select(columns)
      .from(photos)
      .leftJoin(photoFindings, eq(photoFindings.photoId, photos.id))
      .where(and(eq(photos.state, 'ready'), which));
  const from = new Date(first.getTime() - STACK_REACH_MS);
  const to = new Date(last.getTime() + STACK_REACH_MS);
  const near = await find(and(eq(photos.eventId, eventId), between(photos.sortAt, from, to)));
  const stackIds = [...new Set(near.flatMap(({ stackId }) => stackId ?? []))];
  const known = new Set(near.map(({ id }) => id));
  const mates = stackIds.length > 0 ? await find(inArray(photos.stackId, stackIds)) : [];
  return [...near, ...mates.filter(({ id }) => !known.has(id))];
}

type Found = Awaited<ReturnType<typeof findAround>>[number];

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
