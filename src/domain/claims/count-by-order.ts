import { and, between, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { type Context, withActor } from '#context.ts';
import { attributions, settledPhotos } from '#domain/matching/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { type ClaimKind, MOST_COUNTED_BY_ORDERS, NEAR_PASSAGE_MS } from './claim.ts';
import { countClaims, type WrittenClaim } from './count-claims.ts';
import { runnerClaims } from './tables.ts';

/** The paid order that speaks. */
export interface BoughtRunner {
  orderId: string;
}

interface ByOrder {
  eventId: string;
  bib: string;
  kind: ClaimKind;
  order: BoughtRunner;
  claims: WrittenClaim[];
}

/**
 * Lets a paid order of the bib speak for its buyer's claims and gives those it counted: few for each bib, none against a
 * person's word, and "this is me" only near a passage where timing knows the runner. The others wait for the pro.
 * For a transaction that holds the event's claims and these photos.
 */
export async function countByOrder(tx: Context, input: ByOrder): Promise<WrittenClaim[]> {
  const { eventId, bib, kind, order, claims } = input;
  if (claims.length === 0) return [];
  const room = MOST_COUNTED_BY_ORDERS - (await countSpokenFor(tx, eventId, bib));
  const credible = await listCredible(tx, input);
  const counted = claims.filter(({ photoId }) => credible.has(photoId)).slice(0, Math.max(room, 0));
  // The order speaks, not the visitor: a decision of the system on an event that the buyer does not own.
  const system = withActor(tx, { kind: 'system', name: 'claims' });
  return countClaims(system, { eventId, bib, kind, claims: counted, with: 'order', orderId: order.orderId });
}

async function countSpokenFor(tx: Context, eventId: string, bib: string): Promise<number> {
  const { eventId: event, bib: runner, checkedWith } = runnerClaims;
  return tx.db.$count(runnerClaims, and(eq(event, eventId), eq(runner, bib), eq(checkedWith, 'order')));
}

/** Photos of the claims of which no person said who is on them, nor anything of this bib, and which the runner can have
 *  passed. */
async function listCredible(tx: Context, { eventId, bib, kind, claims }: ByOrder): Promise<Set<string>> {
  const photoIds = claims.map(({ photoId }) => photoId);
  const found = await tx.db
    .select({ id: photos.id })
    .from(photos)
    .where(
      and(
        inArray(photos.id, photoIds),
        sql`not exists (select 1 from ${attributions} where ${eq(attributions.photoId, photos.id)}
          and ${or(
            eq(attributions.decision, 'confirmed'),
            and(eq(attributions.bib, bib), isNotNull(attributions.decision)),
          )})`,
        sql`not exists (select 1 from ${settledPhotos} where ${eq(settledPhotos.photoId, photos.id)})`,
        kind === 'me' ? nearPassage(eventId, bib) : undefined,
      ),
    );
  return new Set(found.map(({ id }) => id));
}

function nearPassage(eventId: string, bib: string) {
  const ofRunner = and(eq(expectedPassages.eventId, eventId), eq(expectedPassages.bib, bib));
  const reach = sql`${NEAR_PASSAGE_MS}::int * interval '1 millisecond'`;
  const near = between(
    photos.sortAt,
    sql`${expectedPassages.expectedAt} - ${reach}`,
    sql`${expectedPassages.expectedAt} + ${reach}`,
  );
  return sql`(not exists (select 1 from ${expectedPassages} where ${ofRunner})
    or exists (select 1 from ${expectedPassages} where ${ofRunner} and ${near}))`;
}
