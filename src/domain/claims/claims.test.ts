import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { searchPhotos } from '#domain/matching/search-photos.ts';
import { tagDecisions } from '#domain/matching/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { bibsOf, buyRunner, lostPhotos, openClaims, readPhoto } from '../../../tests/claim-stage.ts';
import { makeEvent, makePhoto, makePro, makeUser } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { checkClaims } from './check-claims.ts';
import { MOST_COUNTED_BY_ORDERS, MOST_WAITING_OF_A_CLIENT } from './claim.ts';
import { claimPhotos } from './claim-photos.ts';
import { listClaims } from './list-claims.ts';
import { runnerClaims } from './tables.ts';

describe('a claim without proof', () => {
  test('changes nothing until the pro accepts it, then it is the pro’s decision', async () => {
    const event = await openClaims(await createTestContext());
    const { ctx, eventId, owner, claim } = event;
    const [lost = '', other = ''] = await lostPhotos(event, 2);
    expect(await claim([lost, other, lost])).toEqual({ outcome: 'claimed', waiting: 2, counted: 0 });
    expect(await bibsOf(event, lost)).toEqual([]);
    const { claims, waiting } = await listClaims(owner, { eventId });
    expect([waiting, claims.map(({ bib, kind }) => `${kind} ${bib}`)]).toEqual([2, ['me 42', 'me 42']]);
    const idOf = (photoId: string) =>
      claims.filter(({ photo }) => photo.id === photoId).map((one) => one.claimId);
    expect(await checkClaims(owner, { eventId, claimIds: idOf(lost), verdict: 'accept' })).toEqual({
      checked: 1,
    });
    expect(await checkClaims(owner, { eventId, claimIds: idOf(other), verdict: 'refuse' })).toEqual({
      checked: 1,
    });
    expect(await checkClaims(owner, { eventId, claimIds: idOf(other), verdict: 'accept' })).toEqual({
      checked: 0,
    });
    expect([await bibsOf(event, lost), await bibsOf(event, other)]).toEqual([['42'], []]);
    const [decision] = await ctx.db.select().from(tagDecisions).where(eq(tagDecisions.photoId, lost));
    expect(decision?.decidedBy).toBe(owner.actor.kind === 'account' ? owner.actor.userId : '');
    // What was refused is not asked again, and nothing is kept of where it came from.
    expect(await claim([other])).toEqual({ outcome: 'claimed', waiting: 0, counted: 0 });
    const digests = await ctx.db
      .select({ digest: runnerClaims.clientDigest })
      .from(runnerClaims)
      .where(eq(runnerClaims.eventId, eventId));
    expect(digests).toEqual([{ digest: null }, { digest: null }]);
  });

  test('“not me” takes the bib off, and a new reading does not bring it back', async () => {
    const event = await openClaims(await createTestContext());
    const { ctx, eventId, owner, claim } = event;
    const shown = await readPhoto(event, '42');
    expect(await bibsOf(event, shown)).toEqual(['42']);
    expect(await claim([shown])).toMatchObject({ waiting: 0 });
    expect(await claim([shown], {}, 'not-me')).toMatchObject({ waiting: 1 });
    const { claims } = await listClaims(owner, { eventId });
    await checkClaims(owner, { eventId, claimIds: claims.map(({ claimId }) => claimId), verdict: 'accept' });
    expect(await bibsOf(event, shown)).toEqual([]);
    expect(await searchPhotos(ctx, { eventId, query: '42' })).toMatchObject({ sure: [], maybe: [] });
  });

  test('of a hidden photo, an unknown bib, a draft or from nobody is not kept', async () => {
    const event = await openClaims(await createTestContext());
    const { ctx, eventId, claim } = event;
    const hidden = await makePhoto(ctx, { eventId, hiddenAt: ctx.clock.now() });
    const elsewhere = await makePhoto(ctx, { eventId: (await makeEvent(ctx)).id });
    expect(await claim([hidden.id, elsewhere.id])).toMatchObject({ waiting: 0, counted: 0 });
    expect(await claim([hidden.id], { bib: '999' })).toEqual({ outcome: 'unknown-bib' });
    await expect(claim([])).rejects.toMatchObject({ code: 'bad-input' });
    await expect(claim([hidden.id], { bib: "' or 1=1" })).rejects.toMatchObject({ code: 'bad-input' });
    const draft = await makeEvent(ctx, { status: 'draft' });
    await expect(claim([hidden.id], { eventId: draft.id })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is bounded for each address, and another pro sees none', async () => {
    const event = await openClaims(await createTestContext());
    const { ctx, eventId, claim } = event;
    const lost = await lostPhotos(event, MOST_WAITING_OF_A_CLIENT + 1);
    for (let at = 0; at < MOST_WAITING_OF_A_CLIENT; at += 30) await claim(lost.slice(at, at + 30));
    const last = lost.slice(MOST_WAITING_OF_A_CLIENT);
    await expect(claim(last)).rejects.toMatchObject({ code: 'rate-limited' });
    expect(await claim(last, { client: '192.0.2.8' })).toMatchObject({ waiting: 1 });
    const stranger = withActor(ctx, (await makePro(ctx)).actor);
    await expect(listClaims(stranger, { eventId })).rejects.toMatchObject({ code: 'not-found' });
    const some = { eventId, claimIds: [lost[0] ?? ''], verdict: 'accept' as const };
    await expect(checkClaims(stranger, some)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a claim that a paid order speaks for', () => {
  test('counts at once for its own bib, few times, by its link or its account', async () => {
    const event = await openClaims(await createTestContext());
    const { ctx, eventId, claim } = event;
    const user = await makeUser(ctx);
    const orderSecret = await buyRunner(event, { userId: user.id });
    const lost = await lostPhotos(event, MOST_COUNTED_BY_ORDERS + 3);
    const [first = '', second = '', third = ''] = lost;
    expect(await claim([first], { orderSecret, bib: '43' })).toMatchObject({ waiting: 1, counted: 0 });
    expect(await claim([second], { orderSecret: 'another' })).toMatchObject({ waiting: 1, counted: 0 });
    expect(await claim([first], { orderSecret })).toMatchObject({ waiting: 0, counted: 1 });
    expect(await bibsOf(event, first)).toEqual(['42']);
    const buyer = {
      kind: 'account' as const,
      userId: user.id,
      role: 'RUNNER' as const,
      organisationId: null,
    };
    const own = { eventId, bib: '42', kind: 'me' as const, client: '192.0.2.9' };
    expect(await claimPhotos(withActor(ctx, buyer), { ...own, photoIds: [third] })).toMatchObject({
      counted: 1,
    });
    expect(await claim(lost.slice(3), { orderSecret })).toMatchObject({ waiting: 2, counted: 3 });
  });

  test('waits all the same against a person’s word, unpaid, or far from where the runner passed', async () => {
    const event = await openClaims(await createTestContext());
    const { ctx, eventId, owner, claim } = event;
    const orderSecret = await buyRunner(event);
    const [unsaid = ''] = await lostPhotos(event, 1);
    const shown = await readPhoto(event, '42');
    const mine = { eventId, bib: '42', client: '192.0.2.1' };
    await claimPhotos(ctx, { ...mine, kind: 'not-me', photoIds: [shown] });
    const { claims } = await listClaims(owner, { eventId });
    await checkClaims(owner, { eventId, claimIds: claims.map(({ claimId }) => claimId), verdict: 'accept' });
    expect(await claim([shown], { orderSecret })).toMatchObject({ waiting: 1, counted: 0 });
    const passage = { eventId, placeId: ctx.random.id(), bib: '42', lap: 1, spreadMs: 1000 };
    await ctx.db.insert(expectedPassages).values({ ...passage, expectedAt: new Date(Date.UTC(2020, 1, 1)) });
    expect(await claim([unsaid], { orderSecret })).toMatchObject({ waiting: 1, counted: 0 });
    const unpaid = await openClaims(await createTestContext());
    const unpaidSecret = await buyRunner(unpaid, { state: 'refunded' });
    const [photo = ''] = await lostPhotos(unpaid, 1);
    expect(await unpaid.claim([photo], { orderSecret: unpaidSecret })).toMatchObject({
      waiting: 1,
      counted: 0,
    });
    expect(
      await ctx.db.$count(runnerClaims, and(eq(runnerClaims.eventId, eventId), eq(runnerClaims.kind, 'me'))),
    ).toBe(2);
  });
});
