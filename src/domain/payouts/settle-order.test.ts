import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '#platform/config.ts';
import type { PaymentProvider } from '#platform/payments/payments.ts';
import {
  type OpenedPayments,
  openOnStripe,
  openOnTestProvider,
  paymentsClock,
} from '../../../tests/doubles/opened-payments.ts';
import { createTestContext } from '../../../tests/harness.ts';
import {
  booksOf,
  debtOf,
  dispute,
  left,
  owedTo,
  refund,
  sellerOf,
  transfersOf,
} from '../../../tests/payout-books.ts';
import { openPayoutStage, shares } from '../../../tests/payout-stage.ts';
import { applySellerEvent } from './apply-seller-event.ts';
import { settleOrder } from './settle-order.ts';
import { sweepSettlements } from './sweep-settlements.ts';

describe.each([
  ['the test provider', openOnTestProvider],
  ['Stripe', openOnStripe],
])('the money of an order by %s', (_, open) => {
  let opened: OpenedPayments;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const onStage = async (change: Partial<PaymentProvider> = {}, config: Partial<Config> = {}) => {
    const base = await createTestContext({ config, now: paymentsClock.now() });
    return openPayoutStage(base, { ...opened, provider: { ...opened.provider, ...change } });
  };

  test('is split between two sellers, an organiser, a charity, the platform and the provider, to the cent', async () => {
    const stage = await onStage();
    const [lea, max, club] = [await stage.seller(), await stage.seller(), await stage.seller()];
    const organised = { organiserId: club.organisation.id, organiserBps: 1500 };
    const given = { charityName: 'Les Foulées', charityBps: 333 };
    const sold = await stage.sell([
      { cents: 999, terms: shares(lea.organisation.id, { ...organised, ...given }) },
      { cents: 701, terms: shares(max.organisation.id) },
    ]);
    const rows = await transfersOf(stage.ctx, sold);
    const sent = Object.fromEntries(
      rows.map((row) => [row.organisationId, [row.role, row.state, row.sentCents]]),
    );
    expect(sent).toEqual({
      [lea.organisation.id]: ['seller', 'sent', 716],
      [max.organisation.id]: ['seller', 'sent', 631],
      [club.organisation.id]: ['organiser', 'sent', 150],
    });
    const books = await booksOf(stage.ctx, sold);
    const fee = Math.round(1700 * 0.015) + 25;
    expect(books).toEqual({
      platform: -(100 + 70) + fee,
      charity: -33,
      provider: 1700 - 716 - 631 - 150 - fee,
    });
    expect(716 + 631 + 150 + (100 + 70 - fee) + 33 + fee).toBe(1700);
    await settleOrder(stage.ctx, sold);
    expect(await transfersOf(stage.ctx, sold)).toEqual(rows);
  });

  test('PAY-11: comes back pro rata for what was refunded, from the seller whose line it was', async () => {
    const stage = await onStage();
    const [lea, max] = [await stage.seller(), await stage.seller()];
    const sold = await stage.sell([
      { cents: 1000, terms: shares(lea.organisation.id) },
      { cents: 701, terms: shares(max.organisation.id) },
    ]);
    for (const amountCents of [333, 333, 334]) await refund(stage, sold, 0, amountCents);
    const rows = await transfersOf(stage.ctx, sold);
    expect(left(rows, lea.organisation.id)).toEqual([[900, 900]]);
    expect(left(rows, max.organisation.id)).toEqual([[631, 0]]);
    const fee = Math.round(1701 * 0.015) + 25;
    expect(await booksOf(stage.ctx, sold)).toEqual({ platform: -70 + fee, provider: 70 - fee });
  });

  test('waits for a seller who is not ready, less what was refunded meanwhile, and is sent when they are', async () => {
    const stage = await onStage();
    const lea = await stage.seller(false);
    const sold = await stage.sell([
      { cents: 1000, terms: shares(lea.organisation.id) },
      { cents: 500, terms: shares(lea.organisation.id) },
    ]);
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([
      { state: 'held', shareCents: 1350, sentCents: 0 },
    ]);
    await refund(stage, sold, 1, 500);
    expect(await owedTo(stage.ctx, lea)).toBe(900);
    await stage.onboard(lea);
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([
      { state: 'sent', shareCents: 1350, sentCents: 900 },
    ]);
    expect(await owedTo(stage.ctx, lea)).toBe(0);
  });

  test('becomes a debt where the seller’s balance is too low, netted from what comes next', async () => {
    let poor = true;
    const stage = await onStage({
      reverseTransfer: async (wish) =>
        poor ? { outcome: 'balance-too-low' } : opened.provider.reverseTransfer(wish),
    });
    const lea = await stage.seller();
    const line = { cents: 1000, terms: shares(lea.organisation.id) };
    const first = await stage.sell([line]);
    await refund(stage, first, 0, 1000);
    expect(await debtOf(stage.ctx, lea)).toBe(900);
    poor = false;
    const second = await stage.sell([{ ...line, cents: 400 }]);
    expect(await transfersOf(stage.ctx, second)).toMatchObject([{ state: 'nothing-left', sentCents: 0 }]);
    expect(await debtOf(stage.ctx, lea)).toBe(540);
    const third = await stage.sell([line]);
    expect(await transfersOf(stage.ctx, third)).toMatchObject([{ state: 'sent', sentCents: 360 }]);
    expect([await debtOf(stage.ctx, lea), await owedTo(stage.ctx, lea)]).toEqual([0, 0]);
  });

  test('is taken back while a bank disputes it, and sent again when the dispute is won', async () => {
    const stage = await onStage();
    const lea = await stage.seller();
    await stage.sell([{ cents: 2000, terms: shares(lea.organisation.id) }]);
    const sold = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    const before = await booksOf(stage.ctx, sold);
    await dispute(stage, sold, 'dispute-opened');
    expect(left(await transfersOf(stage.ctx, sold), lea.organisation.id)).toEqual([[900, 900]]);
    expect(await owedTo(stage.ctx, lea)).toBe(0);
    await dispute(stage, sold, 'dispute-won');
    const rows = await transfersOf(stage.ctx, sold);
    expect(rows).toMatchObject([
      { part: 1, state: 'sent' },
      { part: 2, state: 'sent', sentCents: 900 },
    ]);
    expect(await booksOf(stage.ctx, sold)).toEqual(before);
  });

  test('goes out of the payment itself once a dispute is won of which nothing had been sent', async () => {
    const sources: string[] = [];
    const stage = await onStage({
      transfer: (wish) => {
        sources.push(wish.outOf);
        return opened.provider.transfer(wish);
      },
    });
    const lea = await stage.seller(false);
    const sold = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    for (const kind of ['dispute-opened', 'dispute-won'] as const) await dispute(stage, sold, kind);
    await stage.onboard(lea);
    expect(left(await transfersOf(stage.ctx, sold), lea.organisation.id)).toEqual([
      [0, 0],
      [900, 0],
    ]);
    expect(sources).toEqual(['payment']);
  });

  test('is taken back for good by as much as a bank takes, and the rest is sent once it has decided', async () => {
    const stage = await onStage();
    const [lea, max] = [await stage.seller(), await stage.seller(false)];
    const sold = await stage.sell([
      { cents: 1000, terms: shares(lea.organisation.id) },
      { cents: 1000, terms: shares(max.organisation.id) },
    ]);
    await dispute(stage, sold, 'dispute-opened', 800);
    await stage.onboard(max);
    expect(left(await transfersOf(stage.ctx, sold), lea.organisation.id)).toEqual([[900, 360]]);
    expect(left(await transfersOf(stage.ctx, sold), max.organisation.id)).toEqual([[0, 0]]);
    await dispute(stage, sold, 'dispute-lost', 800);
    stage.ctx.clock.advance(3_700);
    await sweepSettlements(stage.ctx);
    expect(left(await transfersOf(stage.ctx, sold), max.organisation.id)).toEqual([[540, 0]]);
    expect([await owedTo(stage.ctx, lea), await owedTo(stage.ctx, max)]).toEqual([0, 0]);
  });

  test('stays here for a seller who has left', async () => {
    const stage = await onStage();
    const lea = await stage.seller();
    const first = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    const [sent] = await transfersOf(stage.ctx, first);
    expect(sent?.state).toBe('sent');
    const { accountId } = await sellerOf(stage.ctx, lea);
    const event = { id: 'evt', occurredAt: stage.ctx.clock.now(), kind: 'seller-left' as const, accountId };
    expect(await applySellerEvent(stage.ctx, { event })).toBe('applied');
    const second = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    expect(await transfersOf(stage.ctx, second)).toMatchObject([{ state: 'held' }]);
    await stage.onboard(lea);
    expect(await transfersOf(stage.ctx, second)).toMatchObject([{ state: 'sent', sentCents: 900 }]);
    expect((await sellerOf(stage.ctx, lea)).accountId).not.toBe(accountId);
  });

  test('bears the fee where sellers do', async () => {
    const stage = await onStage({}, { providerFeeBorneBy: 'seller' });
    const lea = await stage.seller();
    const sold = await stage.sell([{ cents: 1000, terms: shares(lea.organisation.id) }]);
    expect(await transfersOf(stage.ctx, sold)).toMatchObject([{ shareCents: 860, sentCents: 860 }]);
    expect(await booksOf(stage.ctx, sold)).toEqual({ platform: -100, provider: 100 });
  });
});
