import { eq } from 'drizzle-orm';
import { inTransaction, withActor } from '#context.ts';
import { claimPhotos } from '#domain/claims/claim-photos.ts';
import { recordFindings } from '#domain/matching/record-findings.ts';
import { hashToken } from '#domain/orders/find-cart.ts';
import { photos } from '#domain/photos/tables.ts';
import type { BibRead } from '#vision/findings.ts';
import { makeEvent, makeOrder, makeOrderLine, makePhoto, makePro, makeStartListEntry } from './factories.ts';
import type { TestContext } from './harness.ts';

const SECRET = 'the-secret-of-an-order';

/** A published event with the runners 42 and 43, its owner, and a claim of 42 from one address. */
export async function openClaims(ctx: TestContext) {
  const { organisation, actor } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  for (const bib of ['42', '43']) await makeStartListEntry(ctx, { eventId: event.id, bib });
  const claim = (photoIds: string[], more: object = {}, kind: 'me' | 'not-me' = 'me') =>
    claimPhotos(ctx, { eventId: event.id, bib: '42', kind, photoIds, client: '192.0.2.7', ...more });
  return { ctx, eventId: event.id, owner: withActor(ctx, actor), claim };
}

type ClaimStage = Awaited<ReturnType<typeof openClaims>>;

export async function bibsOf({ ctx }: Pick<ClaimStage, 'ctx'>, photoId: string) {
  const [row] = await ctx.db.select({ bibs: photos.bibs }).from(photos).where(eq(photos.id, photoId));
  return row?.bibs;
}

/** Photos on which nobody is published. */
export async function lostPhotos(event: ClaimStage, count: number) {
  const made = [];
  for (let n = 0; n < count; n += 1) made.push((await makePhoto(event.ctx, { eventId: event.eventId })).id);
  return made;
}

/** A photo on which the engine surely read the bib. */
export async function readPhoto({ ctx, eventId }: ClaimStage, bib: string) {
  const photo = await makePhoto(ctx, { eventId });
  const read: BibRead = {
    bib,
    confidence: 0.98,
    box: { x: 0.4, y: 0.5, w: 0.1, h: 0.05 },
    tiltDegrees: 0,
    kind: 'sure',
    text: bib,
    digitProbabilities: '',
  };
  const analysis = { bibs: [read], dropped: [], engine: { name: 'test', version: 'test-1' } };
  await inTransaction(ctx, (tx) => recordFindings(tx, { photoId: photo.id, analysis }));
  return photo.id;
}

/** A paid order of the runner 42; gives the secret of its link. */
export async function buyRunner({ ctx, eventId }: ClaimStage, row: object = {}) {
  const order = await makeOrder(ctx, { state: 'paid', secretHash: hashToken(`${SECRET}${eventId}`), ...row });
  await makeOrderLine(ctx, { orderId: order.id, eventId, bib: '42' });
  return `${SECRET}${eventId}`;
}
