import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type Context, inTransaction, withActor } from '#context.ts';
import { organisations } from '#domain/accounts/tables.ts';
import { makeAdmin, makeCredits, makeEvent, makePhoto, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { WELCOME_CREDITS } from './credits.ts';
import { getCreditBalance } from './get-credit-balance.ts';
import { grantCredits } from './grant-credits.ts';
import { holdCredits } from './hold-credits.ts';
import { listCreditBalances } from './list-credit-balances.ts';
import { listCreditEntries } from './list-credit-entries.ts';
import { refundCredits } from './refund-credits.ts';
import { creditBalances, creditEntries } from './tables.ts';

async function makeSeller(credits: number) {
  const base = await createTestContext();
  const { organisation, actor } = await makePro(base);
  await base.db.insert(creditBalances).values({ organisationId: organisation.id, credits: 0 });
  if (credits > 0) await makeCredits(base, organisation.id, credits);
  const event = await makeEvent(base, { organisationId: organisation.id });
  return {
    clock: base.clock,
    ctx: withActor(base, actor),
    organisationId: organisation.id,
    eventId: event.id,
  };
}

const hold = (ctx: Context, organisationId: string, photoId: string) =>
  inTransaction(ctx, (tx) => holdCredits(tx, { organisationId, photoId, credits: 1 }));

async function entriesOf(ctx: Context, organisationId: string) {
  return ctx.db.select().from(creditEntries).where(eq(creditEntries.organisationId, organisationId));
}

describe('credits', () => {
  test('DB-02: 200 parallel debits against 100 credits leave exactly 0', async () => {
    const { ctx, organisationId, eventId } = await makeSeller(100);
    const photos = await Promise.all(Array.from({ length: 200 }, () => makePhoto(ctx, { eventId })));
    const outcomes = await Promise.all(photos.map((photo) => hold(ctx, organisationId, photo.id)));
    expect(outcomes.filter((outcome) => outcome === 'held')).toHaveLength(100);
    expect(await getCreditBalance(ctx)).toBe(0);
    const entries = await entriesOf(ctx, organisationId);
    expect(entries.filter((entry) => entry.kind === 'debit')).toHaveLength(100);
    expect(entries.reduce((sum, entry) => sum + entry.credits, 0)).toBe(0);
  });

  test('a photo is debited once and refunded once, however often it is asked', async () => {
    const { ctx, organisationId, eventId } = await makeSeller(5);
    const photo = await makePhoto(ctx, { eventId });
    await Promise.all(Array.from({ length: 5 }, () => hold(ctx, organisationId, photo.id)));
    expect(await getCreditBalance(ctx)).toBe(4);
    const refund = () =>
      inTransaction(ctx, (tx) => refundCredits(tx, { photoId: photo.id, reason: 'nothing-found' }));
    const refunds = await Promise.all([refund(), refund(), refund()]);
    expect(refunds.filter((outcome) => outcome === 'refunded')).toHaveLength(1);
    expect(await getCreditBalance(ctx)).toBe(5);
    expect(await hold(ctx, organisationId, photo.id)).toBe('held');
    expect(await getCreditBalance(ctx)).toBe(5);
  });

  test('a photo that was never debited gives nothing back', async () => {
    const { ctx, eventId } = await makeSeller(5);
    const photo = await makePhoto(ctx, { eventId });
    const refund = inTransaction(ctx, (tx) => refundCredits(tx, { photoId: photo.id, reason: 'failed' }));
    expect(await refund).toBe('nothing-to-refund');
    expect(await getCreditBalance(ctx)).toBe(5);
  });

  test('the database itself refuses a negative balance', async () => {
    const { ctx, organisationId } = await makeSeller(1);
    const debit = ctx.db
      .update(creditBalances)
      .set({ credits: -1 })
      .where(eq(creditBalances.organisationId, organisationId));
    await expect(debit).rejects.toThrow();
  });

  test('a new organisation opens with the welcome grant, once', async () => {
    const base = await createTestContext();
    const { organisation, actor } = await makePro(base);
    const ctx = withActor(base, actor);
    const balances = await Promise.all([getCreditBalance(ctx), getCreditBalance(ctx), getCreditBalance(ctx)]);
    expect(balances).toEqual([WELCOME_CREDITS, WELCOME_CREDITS, WELCOME_CREDITS]);
    expect(await entriesOf(ctx, organisation.id)).toHaveLength(1);
  });

  test('a grant with the same key is one grant, and only an operator grants', async () => {
    const { ctx, organisationId } = await makeSeller(0);
    const { actor } = await makeAdmin(ctx);
    const admin = withActor(ctx, actor);
    const grant = { organisationId, credits: 50, uniqueKey: `gift/${organisationId}`, reason: 'gift' };
    expect(await grantCredits(admin, grant)).toBe('granted');
    expect(await grantCredits(admin, grant)).toBe('already-granted');
    expect(await getCreditBalance(ctx)).toBe(50);
    await expect(grantCredits(ctx, { ...grant, uniqueKey: 'mine' })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('the ledger lists own entries only, newest first, page by page', async () => {
    const { clock, ctx, organisationId, eventId } = await makeSeller(10);
    await makeSeller(3);
    for (let photo = 0; photo < 4; photo += 1) {
      const { id } = await makePhoto(ctx, { eventId });
      clock.advance(60);
      await hold(ctx, organisationId, id);
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listCreditEntries(ctx, { limit: 2, after });
      seen.push(...page.entries.map((entry) => entry.id));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    await expect(listCreditEntries(withActor(ctx, { kind: 'anonymous' }), {})).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('an operator sees every balance and its movements, a pro only their own', async () => {
    const { ctx, organisationId } = await makeSeller(7);
    const [organisation] = await ctx.db
      .select()
      .from(organisations)
      .where(eq(organisations.id, organisationId));
    const search = organisation?.name ?? '';
    const admin = withActor(ctx, (await makeAdmin(ctx)).actor);
    const found = await listCreditBalances(admin, { search });
    expect(found.organisations).toContainEqual({ organisationId, name: search, credits: 7 });
    const { entries } = await listCreditEntries(admin, { organisationId });
    expect(entries.map((entry) => entry.credits)).toEqual([7]);
    const refused = { code: 'forbidden' };
    await expect(listCreditBalances(ctx, {})).rejects.toMatchObject(refused);
    await expect(listCreditEntries(ctx, { organisationId })).rejects.toMatchObject(refused);
  });

  test('the ledger names the photo of a movement', async () => {
    const { ctx, organisationId, eventId } = await makeSeller(1);
    const photo = await makePhoto(ctx, { eventId });
    await hold(ctx, organisationId, photo.id);
    const { entries } = await listCreditEntries(ctx, {});
    expect(entries.map(({ kind, photo: named }) => [kind, named])).toEqual(
      expect.arrayContaining([
        ['debit', { eventId, fileName: photo.fileName }],
        ['grant', null],
      ]),
    );
  });
});
