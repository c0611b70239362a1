import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { decideTags } from '#domain/matching/decide-tags.ts';
import { photos } from '#domain/photos/tables.ts';
import { bibsOf, buyRunner, lostPhotos, openClaims } from '../../../tests/claim-stage.ts';
import { makeAttribution, makeEvent, makePhoto, makeStartListEntry } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkClaims } from './check-claims.ts';
import { MOST_WAITING_OF_A_CLIENT } from './claim.ts';
import { listClaims } from './list-claims.ts';

const NOTHING = { outcome: 'claimed', waiting: 0, counted: 0 };

test('nobody claims the photo of a runner who refuses photos', async () => {
  const { ctx, eventId, claim } = await openClaims(await createTestContext());
  await makeStartListEntry(ctx, { eventId, bib: '13', photoOptOut: true });
  const { id: photoId } = await makePhoto(ctx, { eventId });
  await makeAttribution(ctx, { eventId, photoId, bib: '13' });
  expect(await claim([photoId])).toEqual(NOTHING);
});

test('an order says nothing against a person who named somebody or said that nobody can be named', async () => {
  const stage = await openClaims(await createTestContext());
  const { ctx, eventId, owner, claim } = stage;
  const orderSecret = await buyRunner(stage);
  const [named = '', settled = ''] = await lostPhotos(stage, 2);
  const act = { eventId, actId: ctx.random.id() };
  const decisions = [{ photoId: named, bib: '43', decision: 'confirmed' as const }];
  await decideTags(owner, { ...act, decisions, settle: [settled] });
  // As where the pro confirmed a bib that is not published.
  await ctx.db.update(photos).set({ bibs: [] }).where(eq(photos.id, named));
  expect(await claim([named, settled], { orderSecret })).toMatchObject({ waiting: 2, counted: 0 });
});

test('a claim of a stranger keeps no buyer from theirs, and what was refused is asked again once', async () => {
  const stage = await openClaims(await createTestContext());
  const { eventId, owner, claim } = stage;
  const [photo = '', refused = ''] = await lostPhotos(stage, 2);
  expect(await claim([photo, refused], { client: '198.51.100.1' })).toMatchObject({ waiting: 2 });
  const refuse = async () => {
    const { claims } = await listClaims(owner, { eventId });
    const claimIds = claims.filter((one) => one.photo.id === refused).map(({ claimId }) => claimId);
    return checkClaims(owner, { eventId, claimIds, verdict: 'refuse' });
  };
  expect(await refuse()).toEqual({ checked: 1 });
  expect(await claim([refused])).toEqual(NOTHING);
  const orderSecret = await buyRunner(stage);
  expect(await claim([photo], { orderSecret })).toEqual({ ...NOTHING, counted: 1 });
  expect(await bibsOf(stage, photo)).toEqual(['42']);
  expect(await claim([refused], { orderSecret })).toEqual({ ...NOTHING, waiting: 1 });
  expect(await claim([refused], { orderSecret })).toEqual(NOTHING);
  expect(await refuse()).toEqual({ checked: 1 });
  expect(await claim([refused], { orderSecret })).toEqual(NOTHING);
  expect(await bibsOf(stage, refused)).toEqual([]);
});

test('what waits on hidden photos is neither counted nor in the way', async () => {
  const stage = await openClaims(await createTestContext());
  const { ctx, eventId, owner, claim } = stage;
  const lost = await lostPhotos(stage, MOST_WAITING_OF_A_CLIENT + 1);
  for (let at = 0; at < MOST_WAITING_OF_A_CLIENT; at += 30) await claim(lost.slice(at, at + 30));
  await ctx.db
    .update(photos)
    .set({ hiddenAt: ctx.clock.now() })
    .where(eq(photos.id, lost[0] ?? ''));
  expect((await listClaims(owner, { eventId })).waiting).toBe(MOST_WAITING_OF_A_CLIENT - 1);
  expect(await claim(lost.slice(-1))).toMatchObject({ waiting: 1 });
});

test('an archived event checks no claim', async () => {
  const { owner } = await openClaims(await createTestContext());
  const organisationId = owner.actor.kind === 'account' ? (owner.actor.organisationId ?? '') : '';
  const { id: eventId } = await makeEvent(owner, { organisationId, status: 'archived' });
  for (const verdict of ['accept', 'refuse'] as const) {
    const checked = checkClaims(owner, { eventId, claimIds: [owner.random.id()], verdict });
    await expect(checked).rejects.toMatchObject({ code: 'conflict' });
  }
});
