import { createHmac } from 'node:crypto';
import { and, arrayContains, eq, exists, inArray, isNull, not, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { limitAttempts, limitClient } from '#domain/accounts/limit-attempts.ts';
import { mayVisit } from '#domain/events/closed-event.ts';
import { eventNotFound, findEvent } from '#domain/events/require-own-event.ts';
import { events } from '#domain/events/tables.ts';
import { refusedOn } from '#domain/matching/browse-photos.ts';
import { lockPhotos } from '#domain/matching/photo-marks.ts';
import { findBoughtRunner } from '#domain/orders/find-bought-runner.ts';
import { isVisible } from '#domain/photos/gallery-photo.ts';
import { photos } from '#domain/photos/tables.ts';
import { isRunnerKnown } from '#domain/timing/is-runner-known.ts';
import { readBib } from '#domain/timing/read-cells.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import {
  type ClaimKind,
  MOST_PHOTOS_OF_A_CLAIM,
  MOST_WAITING_OF_A_CLIENT,
  MOST_WAITING_OF_AN_EVENT,
} from './claim.ts';
import { type BoughtRunner, countByOrder } from './count-by-order.ts';
import type { WrittenClaim } from './count-claims.ts';
import { countWaiting } from './count-waiting.ts';
import { runnerClaims } from './tables.ts';

export const claimPhotosSchema = z.object({
  eventId: z.uuid(),
  bib: z
    .string()
    .max(40)
    .transform(readBib)
    .refine((bib) => bib !== null, 'claims.noBib'),
  kind: z.enum(['me', 'not-me']),
  photoIds: z.array(z.uuid()).min(1, 'claims.noPhoto').max(MOST_PHOTOS_OF_A_CLAIM, 'claims.manyPhotos'),
  /** The network address it comes from, '' when nobody could tell. */
  client: z.string().max(100),
  /** Of an order's link, where the claim comes from one. */
  orderSecret: z.string().max(100).nullable().default(null),
});

interface Claim {
  eventId: string;
  bib: string;
  kind: ClaimKind;
  photoIds: string[];
  client: string;
  orderSecret: string | null;
}

export type ClaimAnswer =
  /** `waiting`: a person looks at them first. `counted`: an order of this bib spoke for them. Photos that were claimed so
   *  before, or are no longer to be claimed, are in neither. */
  | { outcome: 'claimed'; waiting: number; counted: number }
  /** The start list has no such bib. */
  | { outcome: 'unknown-bib' };

const HOUR_SECONDS = 3600;
const written = { id: runnerClaims.id, photoId: runnerClaims.photoId };

/**
 * Keeps what a runner says of photos of a published event: "this is me" of photos where nobody is published, "not me" of
 * photos shown to the bib. It changes nothing until it is checked: at once where a paid order of this bib speaks for it,
 * else by the pro. Throws not-found for an event that is not published, rate-limited past the bounds.
 */
export async function claimPhotos(
  ctx: Context,
  input: z.input<typeof claimPhotosSchema>,
): Promise<ClaimAnswer> {
  const parsed = parseInput(claimPhotosSchema, input);
  const claim = { ...parsed, bib: parsed.bib ?? '', photoIds: [...new Set(parsed.photoIds)] };
  const event = await findEvent(ctx, claim.eventId);
  if (!event || !mayVisit(ctx, event)) throw eventNotFound();
  await limitClient(ctx, claim.client, {
    key: `claims/${claim.eventId}`,
    max: 30,
    windowSeconds: HOUR_SECONDS,
  });
  await limitAttempts(ctx, { key: `claims/event/${claim.eventId}`, max: 2000, windowSeconds: HOUR_SECONDS });
  if (!(await isRunnerKnown(ctx, claim))) return { outcome: 'unknown-bib' };
  return inTransaction(ctx, async (tx) => {
    // One claim after another in an event, so that no bound is passed by two at once; then the photos, as every decision
    // holds them, so that nobody says something of them between our look and our word.
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`claims/${claim.eventId}`}, 0))`);
    await lockPhotos(tx, claim);
    const order = await findBoughtRunner(tx, { ...claim, secret: claim.orderSecret });
    await requireRoom(tx, claim, order);
    const photoIds = await listClaimable(tx, claim);
    if (photoIds.length === 0) return { outcome: 'claimed', waiting: 0, counted: 0 };
    const earlier = order ? await listWaiting(tx, claim, photoIds) : [];
    const reopened = order ? await reopen(tx, claim, photoIds, order) : [];
    const made = await write(tx, claim, photoIds);
    const counted = order ? await countByOrder(tx, { ...claim, order, claims: [...earlier, ...made] }) : [];
    const done = new Set(counted.map(({ id }) => id));
    const waiting = [...reopened, ...made].filter(({ id }) => !done.has(id));
    return { outcome: 'claimed', waiting: waiting.length, counted: counted.length };
  });
}

/** What was said of these photos before and nobody ever checked: the order speaks for it as well. */
async function listWaiting(tx: Context, claim: Claim, photoIds: string[]): Promise<WrittenClaim[]> {
  return tx.db
    .select(written)
    .from(runnerClaims)
    .where(and(isOf(claim, photoIds), eq(runnerClaims.state, 'waiting'), isNull(runnerClaims.orderId)));
}

/** Has what was refused to somebody without proof looked at again, once: the pro said no, so that no order counts it. */
async function reopen(
  tx: Context,
  claim: Claim,
  photoIds: string[],
  { orderId }: BoughtRunner,
): Promise<WrittenClaim[]> {
  const refused = and(isOf(claim, photoIds), eq(runnerClaims.state, 'refused'), isNull(runnerClaims.orderId));
  return tx.db
    .update(runnerClaims)
    .set({
      ...{ state: 'waiting', checkedWith: null, checkedBy: null, checkedAt: null, orderId },
      claimedBy: claimantOf(tx),
      clientDigest: digest(tx, claim),
      createdAt: tx.clock.now(),
    })
    .where(refused)
    .returning(written);
}

function isOf({ bib, kind }: Claim, photoIds: string[]): SQL | undefined {
  return and(inArray(runnerClaims.photoId, photoIds), eq(runnerClaims.bib, bib), eq(runnerClaims.kind, kind));
}

function claimantOf({ actor }: Context): string | null {
  return actor.kind === 'account' ? actor.userId : null;
}

/** Writes the claims that were not made before. */
async function write(tx: Context, claim: Claim, photoIds: string[]): Promise<WrittenClaim[]> {
  const { eventId, bib, kind } = claim;
  const common = {
    eventId,
    bib,
    kind,
    state: 'waiting' as const,
    claimedBy: claimantOf(tx),
    clientDigest: digest(tx, claim),
    createdAt: tx.clock.now(),
  };
  return tx.db
    .insert(runnerClaims)
    .values(photoIds.map((photoId) => ({ ...common, id: tx.random.id(), photoId })))
    .onConflictDoNothing()
    .returning(written);
}

async function listClaimable(tx: Context, { eventId, bib, kind, photoIds }: Claim): Promise<string[]> {
  const shown =
    kind === 'me'
      ? and(sql`${photos.bibs} = '{}'`, not(exists(refusedOn(tx))))
      : arrayContains(photos.bibs, [bib]);
  const found = await tx.db
    .select({ id: photos.id })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.eventId, eventId), inArray(photos.id, photoIds), isVisible(tx), shown));
  return found.map(({ id }) => id);
}

/** A full event takes nothing more from who cannot be told apart; who bought the bib is not kept out by them. */
async function requireRoom(tx: Context, claim: Claim, order: BoughtRunner | null): Promise<void> {
  const ofClient = eq(runnerClaims.clientDigest, digest(tx, claim));
  const own = await countWaiting(tx, claim.eventId, ofClient);
  const all = order ? 0 : await countWaiting(tx, claim.eventId);
  if (own < MOST_WAITING_OF_A_CLIENT && all < MOST_WAITING_OF_AN_EVENT) return;
  throw new DomainError('rate-limited', { public: { key: 'claims.tooManyWaiting' } });
}

/** Counts the claims of one address without keeping it. All of an unknown address share one count. */
function digest(ctx: Context, { eventId, client }: Claim): string {
  return createHmac('sha256', ctx.config.authSecret).update(`claim ${eventId} ${client}`).digest('base64url');
}
