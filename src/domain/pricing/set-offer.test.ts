import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { makeEvent, makePro, makeUser } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { memberships, users } from '../accounts/tables.ts';
import { createPromoCode, type createPromoCodeSchema } from './create-promo-code.ts';
import { endPromoCode } from './end-promo-code.ts';
import { findOffers } from './find-offers.ts';
import { findShareTerms } from './find-share-terms.ts';
import { getShares } from './get-shares.ts';
import { listPromoCodes } from './list-promo-codes.ts';
import type { OfferInput } from './offer-rules.ts';
import { setOffer } from './set-offer.ts';
import { setShares } from './set-shares.ts';

const OFFER: OfferInput = {
  selling: 'sponsored',
  sponsorName: 'Boulangerie du Lac',
  photoCents: { web: 300, original: 800 },
  allPhotosCents: 2_600,
  preSaleCents: 1_900,
  wholeEventCents: 90_000,
  packs: [{ size: 'original', photos: 5, priceCents: 2_500 }],
  tiers: [{ size: 'web', fromPhotos: 10, unitCents: 200 }],
  discounts: [
    { percent: 20, startsAt: new Date('2026-06-01T00:00:00Z'), endsAt: new Date('2026-06-08T00:00:00Z') },
  ],
};

test('prices, shares and promo codes are for the owner and managers of their seller', async () => {
  const { ctx, pro, event } = await makeOwned();
  await ctx.db
    .update(memberships)
    .set({ role: 'photographer' })
    .where(eq(memberships.organisationId, event.organisationId));
  const eventId = event.id;
  const shares = { organiser: 'none' as const, organiserBps: 0, charityName: 'Téléthon', charityBps: 250 };
  const tries: (() => Promise<unknown>)[] = [
    () => setOffer(pro, { ...OFFER, eventId }),
    () => setShares(pro, { ...shares, eventId }),
    () => createPromoCode(pro, { code: 'TRAIL2026', eventId, off: { kind: 'percent', percent: 10 } }),
    () => endPromoCode(pro, { promoCodeId: ctx.random.id() }),
  ];
  for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
});

describe('an offer', () => {
  test('is read as it was written, as often as it is written, and without one the base prices hold', async () => {
    const { ctx, pro, event } = await makeOwned();
    expect((await findOffers(ctx, [event.id])).get(event.id)).toMatchObject({
      selling: 'paid',
      photoCents: { web: null, original: 900 },
      allPhotosCents: 2_900,
      packs: [],
    });
    for (const photos of [3, 5]) {
      const packs = [{ size: 'original' as const, photos, priceCents: 2_000 }];
      await setOffer(pro, { ...OFFER, packs, eventId: event.id });
    }
    await setOffer(pro, { ...OFFER, eventId: event.id });
    expect((await findOffers(ctx, [event.id, ctx.random.id()])).get(event.id)).toEqual({
      ...OFFER,
      eventId: event.id,
      currency: 'eur',
      startsAt: event.startsAt,
    });
  });

  test('is another’s to write: nobody else’s event is found, and an archived one is closed', async () => {
    const { ctx, pro, event } = await makeOwned();
    const archived = await makeEvent(ctx, { organisationId: event.organisationId, status: 'archived' });
    const stranger = { ...ctx, actor: (await makePro(ctx)).actor };
    await expect(setOffer(ctx, { ...OFFER, eventId: event.id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setOffer(stranger, { ...OFFER, eventId: event.id })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(setOffer(pro, { ...OFFER, eventId: archived.id })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  const pack = { size: 'original' as const, photos: 5, priceCents: 2_500 };
  test.each<[string, string, Partial<OfferInput>]>([
    ['packs.0.priceCents', 'pricing.packDearer', { packs: [{ ...pack, priceCents: 4_000 }] }],
    ['packs.1.size', 'pricing.packTwice', { packs: [pack, { ...pack, priceCents: 2_000 }] }],
    ['packs.0.photos', 'pricing.countBounds', { packs: [{ ...pack, photos: 1 }] }],
    ['tiers.0.unitCents', 'pricing.packDearer', { tiers: [{ size: 'web', fromPhotos: 4, unitCents: 300 }] }],
    ['tiers.0.size', 'pricing.webNotSold', { selling: 'paid', photoCents: { web: null, original: 800 } }],
    ['photoCents.web', 'pricing.webDearer', { photoCents: { web: 900, original: 800 }, tiers: [] }],
    ['photoCents.original', 'events.priceBounds', { photoCents: { web: null, original: -800 } }],
    ['allPhotosCents', 'events.allPhotosPriceTooLow', { allPhotosCents: 700, preSaleCents: null }],
    ['preSaleCents', 'pricing.preSaleDearer', { preSaleCents: 2_700 }],
    ['wholeEventCents', 'pricing.wholeEventTooLow', { wholeEventCents: 2_000 }],
    ['sponsorName', 'pricing.sponsorRequired', { sponsorName: null }],
    [
      'discounts.0.endsAt',
      'pricing.discountOrder',
      { discounts: [{ percent: 5, startsAt: new Date(2), endsAt: new Date(1) }] },
    ],
  ])('names %s and says %s', async (path, message, changed) => {
    const { pro, event } = await makeOwned();
    const refused = setOffer(pro, { ...OFFER, ...changed, eventId: event.id });
    await expect(refused).rejects.toMatchObject({ code: 'bad-input' });
    const issues = await refused.catch((error) => error.cause.issues);
    expect(issues.map((issue: z.core.$ZodIssue) => [issue.path.join('.'), issue.message])).toContainEqual([
      path,
      message,
    ]);
  });
});

describe('shares', () => {
  test('name the organiser by the address of a pro account and are frozen as terms', async () => {
    const { ctx, pro, event } = await makeOwned();
    const organiser = await makePro(ctx, { role: 'ORGANIZER' });
    const asked = { organiserBps: 1_500, charityName: 'Téléthon', charityBps: 250, eventId: event.id };
    await setShares(pro, { ...asked, organiser: { email: organiser.user.email.toUpperCase() } });
    await setShares(pro, { ...asked, organiser: 'keep', organiserBps: 2_000 });
    expect((await findShareTerms(ctx, [event.id])).get(event.id)).toEqual({
      sellerId: event.organisationId,
      platformBps: 1_000,
      organiserId: organiser.organisation.id,
      organiserBps: 2_000,
      charityName: 'Téléthon',
      charityBps: 250,
    });
    expect(await getShares(pro, { eventId: event.id })).toMatchObject({
      organiserName: organiser.organisation.name,
      sellerBps: 6_750,
    });
  });

  test('an unknown address and one that sells nothing look the same, and one’s own is refused', async () => {
    const { ctx, pro, event } = await makeOwned();
    const runner = await makeUser(ctx);
    const base = { eventId: event.id, organiserBps: 1_000, charityName: null, charityBps: 0 };
    const keyFor = (email: string) =>
      setShares(pro, { ...base, organiser: { email } }).catch((error) => error.public.key);
    const [own] = await ctx.db.select().from(users).where(eq(users.id, pro.actor.userId));
    expect([
      await keyFor(runner.email),
      await keyFor('nobody@example.org'),
      await keyFor(own?.email ?? ''),
    ]).toEqual(['pricing.organiserUnknown', 'pricing.organiserUnknown', 'pricing.organiserIsSeller']);
    for (let tries = 0; tries < 17; tries += 1) await keyFor(`nobody${tries}@example.org`);
    await expect(keyFor(runner.email)).resolves.toBe('accounts.tooManyAttempts');
  });

  test('never take more than the whole with the platform’s fee, which a later fee cannot change', async () => {
    const { ctx, pro, event } = await makeOwned();
    const asked = { eventId: event.id, organiser: 'none' as const, organiserBps: 0, charityName: 'Téléthon' };
    const dear = { ...pro, config: { ...pro.config, platformFeePercent: 30 } };
    await expect(setShares(dear, { ...asked, charityBps: 7_001 })).rejects.toMatchObject({
      public: { key: 'pricing.sharesTooHigh', values: { most: 70 } },
    });
    await setShares(pro, { ...asked, charityBps: 9_000 });
    const terms = await findShareTerms({ ...ctx, config: dear.config }, [event.id]);
    expect(terms.get(event.id)).toMatchObject({ platformBps: 1_000, charityBps: 9_000 });
    await expect(setShares(ctx, { ...asked, charityBps: 0 })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('promo codes', () => {
  const asked = (changed: Partial<z.input<typeof createPromoCodeSchema>> = {}) => ({
    code: `T${Math.random().toString(36).slice(2, 12)}`,
    eventId: null,
    off: { kind: 'percent' as const, percent: 10 },
    ...changed,
  });

  test('are listed with their state, for their own organisation alone, and end when it says so', async () => {
    const { ctx, pro, event } = await makeOwned();
    const now = ctx.clock.now();
    const { promoCodeId, code } = await createPromoCode(pro, asked({ code: ' trail 2026 ' }));
    expect(code).toBe('TRAIL2026');
    const later = new Date(now.getTime() + 1000);
    await createPromoCode(pro, asked({ eventId: event.id, startsAt: later }));
    await createPromoCode(pro, asked({ endsAt: now }));
    const states = async () => (await listPromoCodes(pro)).map((one) => one.state).toSorted();
    expect(await states()).toEqual(['not-yet', 'over', 'running']);
    const stranger = { ...ctx, actor: (await makePro(ctx)).actor };
    await expect(endPromoCode(stranger, { promoCodeId })).rejects.toMatchObject({ code: 'not-found' });
    expect(await listPromoCodes(stranger)).toEqual([]);
    await endPromoCode(pro, { promoCodeId });
    await endPromoCode(pro, { promoCodeId });
    expect(await states()).toEqual(['not-yet', 'over', 'over']);
    expect(await listPromoCodes(pro, { eventId: event.id })).toHaveLength(3);
    await expect(createPromoCode(stranger, asked({ code: 'trail 2026' }))).rejects.toMatchObject({
      public: { key: 'pricing.codeTaken' },
    });
  });

  test('are refused for another’s event, in a wrong shape, and beyond bounds', async () => {
    const { ctx, pro } = await makeOwned();
    const foreign = await makeEvent(ctx);
    await expect(createPromoCode(pro, asked({ eventId: foreign.id }))).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(createPromoCode(ctx, asked())).rejects.toMatchObject({ code: 'forbidden' });
    for (const wrong of [
      { code: 'abc' },
      { code: 'TRAIL-2026' },
      { off: { kind: 'percent' as const, percent: 101 } },
      { off: { kind: 'amount' as const, cents: -1 } },
      { maxUses: 0 },
      { startsAt: new Date(2), endsAt: new Date(1) },
    ]) {
      await expect(createPromoCode(pro, asked(wrong))).rejects.toMatchObject({ code: 'bad-input' });
    }
  });
});

async function makeOwned() {
  const ctx = await createTestContext();
  const { actor, organisation } = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: organisation.id });
  const pro: TestContext & { actor: typeof actor } = { ...ctx, actor };
  return { ctx, pro, event };
}
