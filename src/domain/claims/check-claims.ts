import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { lockPhotos } from '#domain/matching/photo-marks.ts';
import { DomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { closeClaims, countClaims } from './count-claims.ts';
import { runnerClaims } from './tables.ts';

const MOST_CLAIMS = 100;

export const checkClaimsSchema = z.object({
  eventId: z.uuid(),
  claimIds: z.array(z.uuid()).min(1).max(MOST_CLAIMS),
  verdict: z.enum(['accept', 'refuse']),
});

/** Checks waiting claims of an own event: accepted ones become the pro's own decisions on the tags, refused ones change
 *  nothing. Claims that are checked already are left out. Gives how many were checked. Throws conflict for an archived
 *  event. */
export async function checkClaims(
  ctx: Context,
  input: z.input<typeof checkClaimsSchema>,
): Promise<{ checked: number }> {
  const { eventId, claimIds, verdict } = parseInput(checkClaimsSchema, input);
  const event = await requireOwnEvent(ctx, { eventId });
  if (event.status === 'archived') throw new DomainError('conflict', { public: { key: 'events.archived' } });
  return inTransaction(ctx, async (tx) => {
    const { id, photoId, bib, kind } = runnerClaims;
    const waiting = await tx.db
      .select({ id, photoId, bib, kind })
      .from(runnerClaims)
      .where(
        and(eq(runnerClaims.eventId, eventId), inArray(id, claimIds), eq(runnerClaims.state, 'waiting')),
      );
    // Before the claims, as who claims holds them: neither waits for the other.
    await lockPhotos(tx, { eventId, photoIds: waiting.map(({ photoId }) => photoId) });
    if (verdict === 'refuse') {
      const closed = await closeClaims(tx, { eventId, claims: waiting, with: 'pro', state: 'refused' });
      return { checked: closed.length };
    }
    let checked = 0;
    for (const claims of Map.groupBy(waiting, (claim) => `${claim.kind}/${claim.bib}`).values()) {
      const [first] = claims;
      if (!first) continue;
      const { bib, kind } = first;
      checked += (await countClaims(tx, { eventId, bib, kind, claims, with: 'pro' })).length;
    }
    return { checked };
  });
}
