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
import { owedTo, transfersOf } from '../../../tests/payout-books.ts';
import { openPayoutStage, shares } from '../../../tests/payout-stage.ts';
import { listOrderMovements } from '../ledger/list-order-movements.ts';
import { settleOrder } from './settle-order.ts';
import { sweepSettlements } from './sweep-settlements.ts';

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
