import { createHmac } from 'node:crypto';
import { and, arrayContains, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { limitAttempts, limitClient } from '#domain/accounts/limit-attempts.ts';
import { eventNotFound, findEvent } from '#domain/events/require-own-event.ts';
import { events } from '#domain/events/tables.ts';
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
import { countByOrder } from './count-by-order.ts';
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
  if (event?.status !== 'published') throw eventNotFound();
  await limitClient(ctx, claim.client, {
    key: `claims/${claim.eventId}`,
    max: 30,
    windowSeconds: HOUR_SECONDS,
  });
  await limitAttempts(ctx, { key: `claims/event/${claim.eventId}`, max: 2000, windowSeconds: HOUR_SECONDS });
  if (!(await isRunnerKnown(ctx, claim))) return { outcome: 'unknown-bib' };
  return inTransaction(ctx, async (tx) => {
    await requireRoom(tx, claim);
    const made = await write(tx, claim);
    const counted = await countByOrder(tx, { ...claim, claims: made });
    return { outcome: 'claimed', waiting: made.length - counted, counted };
  });
}

/** Writes the claims that can be made and were not made before. */
async function write(tx: Context, claim: Claim): Promise<{ id: string; photoId: string }[]> {
  const { eventId, bib, kind } = claim;
  const photoIds = await listClaimable(tx, claim);
  if (photoIds.length === 0) return [];
  const common = {
    eventId,
    bib,
    kind,
    state: 'waiting' as const,
    claimedBy: tx.actor.kind === 'account' ? tx.actor.userId : null,
    clientDigest: digest(tx, claim),
    createdAt: tx.clock.now(),
  };
  return tx.db
    .insert(runnerClaims)
    .values(photoIds.map((photoId) => ({ ...common, id: tx.random.id(), photoId })))
    .onConflictDoNothing()
    .returning({ id: runnerClaims.id, photoId: runnerClaims.photoId });
}

async function listClaimable(tx: Context, { eventId, bib, kind, photoIds }: Claim): Promise<string[]> {
  const shown: SQL = kind === 'me' ? sql`${photos.bibs} = '{}'` : arrayContains(photos.bibs, [bib]);
  const found = await tx.db
    .select({ id: photos.id })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(and(eq(photos.eventId, eventId), inArray(photos.id, photoIds), isVisible(), shown));
  return found.map(({ id }) => id);
}

async function requireRoom(tx: Context, claim: Claim): Promise<void> {
  const waiting = and(eq(runnerClaims.eventId, claim.eventId), eq(runnerClaims.state, 'waiting'));
  const [own, all] = [
    await tx.db.$count(runnerClaims, and(waiting, eq(runnerClaims.clientDigest, digest(tx, claim)))),
    await tx.db.$count(runnerClaims, waiting),
  ];
  if (own < MOST_WAITING_OF_A_CLIENT && all < MOST_WAITING_OF_AN_EVENT) return;
  throw new DomainError('rate-limited', { public: { key: 'claims.tooManyWaiting' } });
}

/** Counts the claims of one address without keeping it. All of an unknown address share one count. */
function digest(ctx: Context, { eventId, client }: Claim): string {
  return createHmac('sha256', ctx.config.authSecret).update(`claim ${eventId} ${client}`).digest('base64url');
}
