import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { decideTags } from '#domain/matching/decide-tags.ts';
import type { ClaimKind, ClaimState } from './claim.ts';
import { runnerClaims } from './tables.ts';

export interface WrittenClaim {
  id: string;
  photoId: string;
}

interface Counting {
  eventId: string;
  bib: string;
  kind: ClaimKind;
  claims: readonly WrittenClaim[];
  with: 'order' | 'pro';
  orderId?: string;
}

/** Makes checked claims count, as decisions on tags: of the actor who checked them and no stronger. Gives those that did:
 *  none of a bib that no start list knows. For a transaction. */
export async function countClaims(tx: Context, input: Counting): Promise<WrittenClaim[]> {
  const { eventId, bib, kind } = input;
  const claims = await closeClaims(tx, { ...input, state: 'counted' });
  if (claims.length === 0) return [];
  const decision = kind === 'me' ? 'confirmed' : 'rejected';
  await decideTags(tx, {
    eventId,
    actId: tx.random.id(),
    decisions: claims.map(({ photoId }) => ({ photoId, bib, decision })),
    // The bib was looked up when it was claimed; a list that lost it since is the pro's to judge.
    unlisted: true,
  });
  return claims;
}

/** Ends claims that still wait: each is checked once, whoever comes first. Nothing of who made them is kept but the account. */
export async function closeClaims(
  tx: Context,
  input: Omit<Counting, 'bib' | 'kind'> & { state: Exclude<ClaimState, 'waiting'> },
): Promise<WrittenClaim[]> {
  const ids = input.claims.map(({ id }) => id);
  if (ids.length === 0) return [];
  const closed = await tx.db
    .update(runnerClaims)
    .set({
      state: input.state,
      checkedWith: input.with,
      checkedBy: tx.actor.kind === 'account' ? tx.actor.userId : null,
      checkedAt: tx.clock.now(),
      // What an order had looked at again keeps it: it asks once.
      ...(input.orderId !== undefined && { orderId: input.orderId }),
      clientDigest: null,
    })
    .where(and(inArray(runnerClaims.id, ids), eq(runnerClaims.state, 'waiting')))
    .returning({ id: runnerClaims.id, photoId: runnerClaims.photoId });
  await recordAudit(tx, {
    action: `claims.${input.state}`,
    subjectKind: 'event',
    subjectId: input.eventId,
    details: { claims: closed.length, with: input.with },
  });
  return closed;
}
