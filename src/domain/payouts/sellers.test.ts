import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import type { PaymentProvider } from '#platform/payments/payments.ts';
import {
  type OpenedPayments,
  openOnStripe,
  openOnTestProvider,
  paymentsClock,
} from '../../../tests/doubles/opened-payments.ts';
import { makeAdmin } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { openPayoutStage, type PayoutStage, type Seller, shares } from '../../../tests/payout-stage.ts';
import { memberships } from '../accounts/tables.ts';
import { getBalance } from '../ledger/get-balance.ts';
import { SETTLE_ORDER } from '../orders/job-names.ts';
import { refundLines } from '../orders/refund-lines.ts';
import { applySellerEvent } from './apply-seller-event.ts';
import { exportOwnTransfers } from './export-own-transfers.ts';
import { getOwnPayouts } from './get-own-payouts.ts';
import { listHeldMoney, listPlatformBooks } from './get-platform-books.ts';
import { listOwnTransfers } from './list-own-transfers.ts';
import { openSellerAccount } from './open-seller-account.ts';
import { startOnboarding } from './start-onboarding.ts';
import { sellerAccounts, sellerPayouts } from './tables.ts';

let opened: OpenedPayments;
afterAll(() => opened.close());

async function onStage(change: Partial<PaymentProvider> = {}): Promise<PayoutStage> {
  const base = await createTestContext({ now: paymentsClock.now() });
  return openPayoutStage(base, { ...opened, provider: { ...opened.provider, ...change } });
}

const asPro = (stage: PayoutStage, { actor }: Seller) => withActor(stage.ctx, actor);

async function accountRow(stage: PayoutStage, { organisation }: Seller) {
  const rows = await stage.ctx.db
    .select()
    .from(sellerAccounts)
    .where(eq(sellerAccounts.organisationId, organisation.id));
  expect(rows).toHaveLength(1);
  return rows[0];
}

describe.each([
  ['the test provider', openOnTestProvider],
  ['Stripe', openOnStripe],
])('sellers at %s', (_, open) => {
  beforeAll(async () => {
    await opened?.close();
    opened = await open();
  });

  test('open one account, are told what is missing, and become ready by a notice', async () => {
    const stage = await onStage();
    const lea = await stage.seller(false);
    const ctx = asPro(stage, lea);
    expect((await getOwnPayouts(ctx)).seller).toBeNull();
    const ids = await Promise.all([1, 2, 3].map(() => openSellerAccount(ctx, { country: 'FR' })));
    expect(new Set(ids).size).toBe(1);
    const { seller } = await getOwnPayouts(ctx);
    expect(seller).toMatchObject({ state: 'new', country: 'FR' });
    expect(seller?.dueNow.words).toContain('bankAccount');
    const { url } = await startOnboarding(ctx, { country: 'FR' });
    expect(URL.canParse(url)).toBe(true);
    await opened.onboard(ids[0] ?? '');
    await stage.listen();
    expect((await getOwnPayouts(ctx)).seller).toMatchObject({ state: 'ready', dueNow: { words: [] } });
  });

  test('let nobody but the owner and managers name a bank account', async () => {
    const stage = await onStage();
    const lea = await stage.seller(false);
    await stage.ctx.db
      .update(memberships)
      .set({ role: 'photographer' })
      .where(eq(memberships.organisationId, lea.organisation.id));
    for (const ctx of [asPro(stage, lea), stage.ctx]) {
      await expect(startOnboarding(ctx, { country: 'FR' })).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect((await getOwnPayouts(asPro(stage, lea))).seller).toBeNull();
  });

  test('have held transfers looked at when they become ready, and not at each notice after', async () => {
    const stage = await onStage({
      transfer: () =>
        Promise.reject(new DomainError('conflict', { public: { key: 'platform.paymentRefused' } })),
    });
    const lea = await stage.seller();
    await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    const row = await accountRow(stage, lea);
    const account = await opened.provider.getSellerAccount(row?.accountId ?? '');
    const tell = async (canReceive: boolean) => {
      const told = { id: stage.ctx.random.id(), occurredAt: stage.ctx.clock.now() };
      const event = { ...told, kind: 'seller-updated' as const, account: { ...account, canReceive } };
      await applySellerEvent(stage.ctx, { event });
      return stage.ctx.queue.named(SETTLE_ORDER).length;
    };
    expect([await tell(true), await tell(true), await tell(false), await tell(true)]).toEqual([0, 0, 0, 1]);
  });

  test('find their account again when its answer was lost', async () => {
    let lost = true;
    const stage = await onStage({
      createSellerAccount: async (wish) => {
        const account = await opened.provider.createSellerAccount(wish);
        if (!lost) return account;
        throw new DomainError('unavailable', { public: { key: 'platform.paymentsUnanswered' } });
      },
    });
    const lea = await stage.seller(false);
    const ctx = asPro(stage, lea);
    await expect(openSellerAccount(ctx, { country: 'FR' })).rejects.toMatchObject({ code: 'unavailable' });
    const key = (await accountRow(stage, lea))?.idempotencyKey;
    lost = false;
    const accountId = await openSellerAccount(ctx, { country: 'FR' });
    expect(await accountRow(stage, lea)).toMatchObject({ accountId, idempotencyKey: key });
  });
});

describe('money of sellers', () => {
  test('reaches their bank or fails, in whatever order it is told; the platform’s own leaves the books', async () => {
    const stage = await onStage();
    const lea = await stage.seller();
    const accountId = (await accountRow(stage, lea))?.accountId ?? '';
    const payout = (kind: 'payout-paid' | 'payout-failed', payoutId: string, of: string | null) => ({
      ...{ id: stage.ctx.random.id(), occurredAt: stage.ctx.clock.now(), kind, payoutId, accountId: of },
      ...{ amountCents: 500, currency: 'chf', reason: kind === 'payout-failed' ? 'account_closed' : null },
    });
    const [first, second] = [stage.ctx.random.id(), stage.ctx.random.id()];
    for (const event of [
      payout('payout-paid', first, accountId),
      payout('payout-paid', first, accountId),
      payout('payout-failed', second, accountId),
      payout('payout-paid', second, accountId),
    ]) {
      expect(await applySellerEvent(stage.ctx, { event })).toBe('applied');
    }
    const kept = await stage.ctx.db
      .select()
      .from(sellerPayouts)
      .where(eq(sellerPayouts.organisationId, lea.organisation.id));
    expect(new Map(kept.map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [first, 'paid'],
        [second, 'failed'],
      ]),
    );
    const own = { kind: 'platform' as const, owner: '', currency: 'chf' };
    const out = payout('payout-paid', stage.ctx.random.id(), null);
    await applySellerEvent(stage.ctx, { event: out });
    await applySellerEvent(stage.ctx, { event: { ...out, id: stage.ctx.random.id() } });
    expect(await getBalance(stage.ctx, own)).toBe(500);
    await applySellerEvent(stage.ctx, { event: { ...out, kind: 'payout-failed' } });
    expect(await getBalance(stage.ctx, own)).toBe(0);
  });

  test('is shown to its seller alone, page by page, and leaves as a table that no spreadsheet executes', async () => {
    const stage = await onStage();
    const [lea, max] = [await stage.seller(), await stage.seller(false)];
    const line = (seller: Seller, cents: number) => ({ cents, terms: shares(seller.organisation.id) });
    for (const cents of [1000, 2000, 3000]) {
      stage.ctx.clock.advance(1);
      const sold = await stage.sell([line(lea, cents), line(max, 500)], 'succeed', '=1+1');
      if (cents !== 3000) continue;
      const lines = [{ lineId: sold.lineIds[1] ?? '', amountCents: 100 }];
      const system = withActor(stage.ctx, { kind: 'system', name: 'test' });
      await refundLines(system, { orderId: sold.orderId, lines, cause: 'goodwill' });
      await stage.listen();
    }
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const page = await listOwnTransfers(asPro(stage, lea), { limit: 2, after });
      seen.push(...page.transfers.map((transfer) => transfer.sentCents));
      after = page.next ?? undefined;
    } while (after);
    expect(seen).toEqual([2700, 1800, 900]);
    const { balances } = await getOwnPayouts(asPro(stage, lea));
    expect(balances).toMatchObject([{ currency: 'eur', toBePaidCents: 0, onItsWayCents: 5400 }]);
    const held = await listOwnTransfers(asPro(stage, max), {});
    expect(held.transfers.map(({ state, dueCents }) => [state, dueCents])).toEqual([
      ['held', 360],
      ['held', 450],
      ['held', 450],
    ]);
    expect((await getOwnPayouts(asPro(stage, max))).balances).toMatchObject([{ toBePaidCents: 1260 }]);
    let table = '';
    for await (const piece of exportOwnTransfers(asPro(stage, max))) table += piece;
    expect(table.trimEnd().split('\r\n')).toHaveLength(4);
    expect(table).toContain(",'=1+1,seller,held,450,0,0,eur");
    expect(() => exportOwnTransfers(stage.ctx)).toThrow();
    await expect(listOwnTransfers(stage.ctx, {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is shown to the operator in sums that come to nothing', async () => {
    const stage = await onStage();
    const lea = await stage.seller(false);
    await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    const admin = withActor(stage.ctx, (await makeAdmin(stage.ctx)).actor);
    const books = await listPlatformBooks(admin);
    const [euros] = books.filter(({ currency }) => currency === 'eur');
    expect(books.map(({ sumCents }) => sumCents)).toEqual(books.map(() => 0));
    const { feesCents = 0, creditsCents = 0, providerFeesCents = 0, heldCents = 0 } = euros ?? {};
    const { charityCents = 0, debtCents = 0, paidOutCents = 0, providerCents } = euros ?? {};
    const net = feesCents + creditsCents - providerFeesCents - paidOutCents;
    expect(providerCents).toBe(net + heldCents + charityCents - debtCents);
    const mine = (await listHeldMoney(admin)).find((one) => one.organisationId === lea.organisation.id);
    expect(mine).toMatchObject({
      name: lea.organisation.name,
      heldCents: 900,
      debtCents: 0,
      canReceive: null,
    });
    await expect(listPlatformBooks(asPro(stage, lea))).rejects.toMatchObject({ code: 'forbidden' });
  });
});
