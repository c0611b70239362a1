import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '#platform/config.ts';
import { DomainError } from '#platform/errors.ts';
import type { PaymentProvider } from '#platform/payments/payments.ts';
import {
  type OpenedPayments,
  openOnStripe,
  openOnTestProvider,
  paymentsClock,
} from '../../../tests/doubles/opened-payments.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { debtOf, owedTo, refund, sellerOf, transfersOf } from '../../../tests/payout-books.ts';
import { openPayoutStage, shares } from '../../../tests/payout-stage.ts';
import { listOrderMovements } from '../ledger/list-order-movements.ts';
import { settleOrder } from './settle-order.ts';
import { sweepSettlements } from './sweep-settlements.ts';
import { sellerAccounts } from './tables.ts';

describe.each([
  ['the test provider', openOnTestProvider],
  ['Stripe', openOnStripe],
])('a transfer by %s', (_, open) => {
  let opened: OpenedPayments;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const onStage = async (change: Partial<PaymentProvider> = {}, config: Partial<Config> = {}) => {
    const base = await createTestContext({ config, now: paymentsClock.now() });
    return openPayoutStage(base, { ...opened, provider: { ...opened.provider, ...change } });
  };

  test('F5: is sent once when the answer to a transfer is lost', async () => {
    const made: string[] = [];
    let lost = true;
    const stage = await onStage({
      transfer: async (wish) => {
        const answer = await opened.provider.transfer(wish);
        made.push(answer.transferId);
        if (!lost) return answer;
        throw new DomainError('unavailable', { public: { key: 'platform.paymentsUnanswered' } });
      },
    });
    const lea = await stage.seller();
    const selling = stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    await expect(selling).rejects.toMatchObject({ code: 'unavailable' });
    lost = false;
    await sweepSettlements(stage.ctx);
    expect(made).toHaveLength(1);
    stage.ctx.clock.advance(180);
    await sweepSettlements(stage.ctx);
    expect([made.length, new Set(made).size]).toEqual([2, 1]);
    expect(await owedTo(stage.ctx, lea)).toBe(0);
  });

  test.each([
    ['was made', 1],
    ['was never made', 2],
  ])('is looked for once its key is too old, and found or asked for again: it %s', async (what, asked) => {
    const keys: string[] = [];
    const stage = await onStage({
      transfer: async (wish) => {
        keys.push(wish.idempotencyKey);
        if (keys.length > 1) return opened.provider.transfer(wish);
        if (what === 'was made') await opened.provider.transfer(wish);
        throw new DomainError('unavailable', { public: { key: 'platform.paymentsUnanswered' } });
      },
    });
    const lea = await stage.seller();
    const selling = stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    await expect(selling).rejects.toMatchObject({ code: 'unavailable' });
    for (const hours of [21, 2]) {
      stage.ctx.clock.advance(hours * 3600);
      await sweepSettlements(stage.ctx);
    }
    expect([keys.length, new Set(keys).size]).toEqual([asked, asked]);
    expect(await owedTo(stage.ctx, lea)).toBe(0);
  });

  test.each([
    ['was made', 1],
    ['was never made', 2],
  ])('is taken back once, however long the answer was lost: the reversal %s', async (what, asked) => {
    const keys: string[] = [];
    const stage = await onStage({
      reverseTransfer: async (wish) => {
        keys.push(wish.idempotencyKey);
        if (keys.length > 1) return opened.provider.reverseTransfer(wish);
        if (what === 'was made') await opened.provider.reverseTransfer(wish);
        throw new DomainError('unavailable', { public: { key: 'platform.paymentsUnanswered' } });
      },
    });
    const lea = await stage.seller();
    const sold = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    await expect(refund(stage, sold, 0, 1000)).rejects.toMatchObject({ code: 'unavailable' });
    for (const hours of [21, 1]) {
      stage.ctx.clock.advance(hours * 3600);
      await sweepSettlements(stage.ctx);
    }
    expect([keys.length, new Set(keys).size]).toEqual([asked, asked]);
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([{ sentCents: 900, reversedCents: 900 }]);
    expect([await owedTo(stage.ctx, lea), await debtOf(stage.ctx, lea)]).toEqual([0, 0]);
  });

  test('is not sent a second time when it went to an account that the seller has left since', async () => {
    const wishes: string[] = [];
    const stage = await onStage({
      transfer: async (wish) => {
        wishes.push(wish.destinationId);
        const answer = await opened.provider.transfer(wish);
        if (wishes.length > 1) return answer;
        throw new DomainError('unavailable', { public: { key: 'platform.paymentsUnanswered' } });
      },
    });
    const [lea, other] = [await stage.seller(), await stage.seller()];
    const selling = stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    await expect(selling).rejects.toMatchObject({ code: 'unavailable' });
    const { accountId } = await sellerOf(stage.ctx, other);
    const account = (id: string) => eq(sellerAccounts.organisationId, id);
    await stage.ctx.db.delete(sellerAccounts).where(account(other.organisation.id));
    await stage.ctx.db.update(sellerAccounts).set({ accountId }).where(account(lea.organisation.id));
    stage.ctx.clock.advance(180);
    await sweepSettlements(stage.ctx);
    expect(new Set(wishes).size).toBe(2);
    expect(await owedTo(stage.ctx, lea)).toBe(0);
    stage.ctx.clock.advance(3_700);
    await sweepSettlements(stage.ctx);
    expect(wishes).toHaveLength(2);
  });

  test('is asked for under another key after a refusal', async () => {
    const keys: string[] = [];
    const stage = await onStage({
      transfer: async (wish) => {
        keys.push(wish.idempotencyKey);
        if (keys.length > 1) return opened.provider.transfer(wish);
        throw new DomainError('conflict', { public: { key: 'platform.paymentRefused' } });
      },
    });
    const lea = await stage.seller();
    const sold = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([{ state: 'held', sentCents: 0 }]);
    await sweepSettlements(stage.ctx);
    expect(keys).toHaveLength(1);
    stage.ctx.clock.advance(3_700);
    await sweepSettlements(stage.ctx);
    expect(new Set(keys).size).toBe(2);
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([{ state: 'sent', sentCents: 900 }]);
  });

  test('waits for days when it came by bank debit', async () => {
    const stage = await onStage({}, { delayedPaymentHoldDays: 14 });
    const lea = await stage.seller();
    const sold = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }], 'delay');
    expect(await transfersOf(stage.ctx, sold)).toEqual([]);
    await opened.settle(sold.intent.id);
    await stage.listen();
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([{ state: 'held' }]);
    stage.ctx.clock.advance(14 * 24 * 3600 + 1);
    await sweepSettlements(stage.ctx);
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([{ state: 'sent', sentCents: 900 }]);
  });

  test('twenty settlements at once do what one does', async () => {
    const stage = await onStage();
    const lea = await stage.seller(false);
    const sold = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    await stage.onboard(lea);
    const before = await listOrderMovements(stage.ctx, sold);
    await Promise.all(Array.from({ length: 20 }, () => settleOrder(stage.ctx, sold)));
    expect(await listOrderMovements(stage.ctx, sold)).toEqual(before);
    expect(await transfersOf(stage.ctx, sold)).toHaveLength(1);
  });
});
