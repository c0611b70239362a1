import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountKey, type Entry, isBalanced } from '../ledger/account.ts';
import type { Movement } from '../ledger/post-movement.ts';
import type { ShareTerms } from '../pricing/offer.ts';
import type { MoneyFacts, RefundFacts } from './money-facts.ts';
import { movementsDue } from './movements-due.ts';

const paidAt = new Date('2026-06-01T10:00:00Z');
const minute = (minutes: number) => new Date(paidAt.getTime() + minutes * 60_000);
const terms: ShareTerms = {
  sellerId: 'lea',
  platformBps: 1000,
  organiserId: 'club',
  organiserBps: 1500,
  charityName: 'Les Foulées',
  charityBps: 333,
};

const line = (lineId: string, priceCents: number, change: Partial<ShareTerms> = {}) => ({
  lineId,
  priceCents,
  eventId: 'event',
  creditsFor: null,
  terms: { ...terms, ...change },
});

const facts = (change: Partial<MoneyFacts> = {}): MoneyFacts => ({
  orderId: 'order',
  currency: 'eur',
  provider: 'test',
  paidAt,
  lines: [line('one', 999), line('two', 701, { sellerId: 'max', organiserId: null, organiserBps: 0 })],
  fee: { cents: 50, currency: 'eur' },
  feeBorneBy: 'platform',
  refunds: [],
  disputes: [],
  ...change,
});

const refund = (id: string, lines: RefundFacts['lines'], change: Partial<RefundFacts> = {}): RefundFacts => ({
  id,
  amountCents: lines.reduce((sum, { amountCents }) => sum + amountCents, 0),
  at: minute(Number.parseInt(id, 36) % 60),
  lines,
  left: true,
  failed: false,
  ...change,
});

function balances(movements: { entries: Entry[] }[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { account, amount } of movements.flatMap(({ entries }) => entries)) {
    sums[accountKey(account)] = (sums[accountKey(account)] ?? 0) + amount;
  }
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, sum]) => sum !== 0)
      .toSorted(),
  );
}

const of = (books: Record<string, number>, kind: string, owner = '') =>
  books[JSON.stringify([kind, owner, 'eur'])] ?? 0;

/** Lets facts become known one set after another, and posts what each asks for. */
function follow(stages: MoneyFacts[]): Movement[] {
  const posted: Movement[] = [];
  for (const stage of stages) posted.push(...movementsDue(stage, posted));
  return posted;
}

describe('the movements of an order', () => {
  test('a sale with its charge and fee leaves each their share, the platform its fee less the provider’s', () => {
    const movements = follow([facts()]);
    expect(movements.map(({ kind }) => kind)).toEqual(['sale', 'charge', 'provider-fee']);
    const books = balances(movements);
    // 999 by 1500, 333 and 1000 of ten thousand; 701 by 333 and 1000.
    expect([of(books, 'seller', 'lea'), of(books, 'organiser', 'club')]).toEqual([-716, -150]);
    expect(of(books, 'seller', 'max')).toBe(-608);
    expect(of(books, 'charity', 'event')).toBe(-33 - 23);
    expect(of(books, 'platform')).toBe(-100 - 70 + 50);
    expect([of(books, 'provider', 'test'), of(books, 'buyer', 'order')]).toEqual([1650, 0]);
  });

  test('sellers bear the fee by what each sold where the setting says so, but none in another currency', () => {
    const borne = balances(follow([facts({ feeBorneBy: 'seller' })]));
    expect(of(borne, 'platform')).toBe(-170);
    expect([of(borne, 'seller', 'lea'), of(borne, 'seller', 'max')]).toEqual([-716 + 27, -608 + 23]);
    const fee = { cents: 50, currency: 'usd' };
    const elsewhere = balances(follow([facts({ feeBorneBy: 'seller', fee })]));
    expect(elsewhere).toMatchObject({ '["platform","","usd"]': 50, '["provider","test","usd"]': -50 });
  });

  test('what credits bring is the platform’s, in an account by who bought them', () => {
    const sold = { ...line('one', 900, { sellerId: null, organiserBps: 0, charityBps: 0 }), eventId: null };
    const movements = follow([facts({ lines: [{ ...sold, creditsFor: 'lea' }], fee: null })]);
    expect(balances(movements)).toEqual({
      '["credits","lea","eur"]': -900,
      '["provider","test","eur"]': 900,
    });
  });

  test('a free order has no movement', () => {
    expect(movementsDue(facts({ lines: [line('one', 0)] }), [])).toEqual([]);
  });

  test('three partial refunds of one line take back exactly its shares', () => {
    const parts = [333, 333, 333].map((amountCents, index) =>
      refund(`r${index}`, [{ lineId: 'one', amountCents }]),
    );
    const stages = [0, 1, 2, 3].map((count) => facts({ refunds: parts.slice(0, count) }));
    const books = balances(follow(stages));
    expect([of(books, 'seller', 'lea'), of(books, 'organiser', 'club')]).toEqual([0, 0]);
    expect(of(books, 'seller', 'max')).toBe(-608);
    expect(of(books, 'platform')).toBe(-70 + 50);
  });

  test('a refund whose money came back leaves the books as if it had not been', () => {
    const lines = [{ lineId: 'one', amountCents: 500 }];
    const gone = refund('r1', lines);
    const stages = [facts({ refunds: [gone] }), facts({ refunds: [{ ...gone, failed: true }] })];
    expect(balances(follow(stages))).toEqual(balances(follow([facts()])));
    const never = facts({ refunds: [{ ...gone, left: false, failed: true }] });
    expect(follow([never])).toHaveLength(3);
  });

  test('a dispute takes the shares, and gives them back when it is won; beyond the sale it is the platform’s loss', () => {
    const dispute = { id: 'd1', amountCents: 1700, at: minute(5), won: false, lost: false };
    const lost = balances(follow([facts({ disputes: [dispute] })]));
    expect(lost).toEqual({ '["platform","","eur"]': 50, '["provider","test","eur"]': -50 });
    const won = follow([facts({ disputes: [dispute] }), facts({ disputes: [{ ...dispute, won: true }] })]);
    expect(balances(won)).toEqual(balances(follow([facts()])));
    const twice = follow([
      facts({ disputes: [{ ...dispute, won: true }] }),
      facts({ disputes: [{ ...dispute, won: true, lost: true }] }),
    ]);
    expect(balances(twice)).toEqual(lost);
    const refunded = refund('r1', [{ lineId: 'one', amountCents: 999 }]);
    const both = balances(follow([facts({ refunds: [refunded], disputes: [dispute] })]));
    expect(of(both, 'platform')).toBe(50 + 999);
  });

  test('PAY-03: in whatever order and however often facts become known, the books end the same', () => {
    fc.assert(
      fc.property(anyOrder, fc.infiniteStream(fc.nat()), (order, dice) => {
        const once = follow([order.upTo(order.steps)]);
        const shuffled = shuffle(order.steps, dice);
        const stages = shuffled.flatMap((_, index) => {
          const known = order.upTo(shuffled.slice(0, index + 1));
          return dice.next().value % 3 === 0 ? [known, known] : [known];
        });
        const slow = follow([order.upTo([]), ...stages]);
        expect(balances(slow)).toEqual(balances(once));
        for (const movement of slow) expect(isBalanced(movement.entries)).toBe(true);
        expect(new Set(slow.map(({ uniqueKey }) => uniqueKey)).size).toBe(slow.length);
        expect(Object.values(balances(slow)).reduce((sum, balance) => sum + balance, 0)).toBe(0);
      }),
      { numRuns: 500, seed: 20_261_123 },
    );
  });
});

/** An order with up to three lines, and the facts about its money in small steps. */
const anyOrder = fc
  .record({
    prices: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 3 }),
    parts: fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 100 }), fc.boolean()), { maxLength: 4 }),
    dispute: fc.option(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.boolean(), fc.boolean())),
    feeBorneBy: fc.constantFrom('platform' as const, 'seller' as const),
  })
  .map(({ prices, parts, dispute, feeBorneBy }) => {
    const lines = prices.map((price, index) => line(`l${index}`, price, { sellerId: `seller-${index % 2}` }));
    const open = new Map(lines.map(({ lineId, priceCents }) => [lineId, priceCents]));
    const refunds = parts.flatMap(([place, percent, failed], index) => {
      const lineId = `l${place}`;
      const amountCents = Math.floor(((open.get(lineId) ?? 0) * percent) / 100);
      if (amountCents === 0) return [];
      open.set(lineId, (open.get(lineId) ?? 0) - (failed ? 0 : amountCents));
      return [refund(`r${index}`, [{ lineId, amountCents }], { failed })];
    });
    const total = prices.reduce((sum, price) => sum + price, 0);
    const disputes = dispute
      ? [
          {
            id: 'd1',
            amountCents: Math.ceil((total * dispute[0]) / 100),
            at: minute(9),
            won: dispute[1],
            lost: dispute[2],
          },
        ]
      : [];
    const steps = [
      'fee',
      ...refunds.flatMap(({ id, failed }) => (failed ? [`left/${id}`, `failed/${id}`] : [`left/${id}`])),
      ...disputes.flatMap(({ id, won, lost }) => [
        `opened/${id}`,
        ...(won ? [`won/${id}`] : []),
        ...(lost ? [`lost/${id}`] : []),
      ]),
    ];
    const upTo = (known: string[]) =>
      facts({
        lines,
        feeBorneBy,
        fee: known.includes('fee') ? { cents: 1 + Math.floor(total / 70), currency: 'eur' } : null,
        refunds: refunds.map((one) => ({
          ...one,
          left: known.includes(`left/${one.id}`),
          failed: known.includes(`failed/${one.id}`),
        })),
        disputes: disputes
          .filter(({ id }) => known.some((step) => step.endsWith(`/${id}`)))
          .map((one) => ({
            ...one,
            won: known.includes(`won/${one.id}`),
            lost: known.includes(`lost/${one.id}`),
          })),
      });
    return { steps, upTo };
  });

function shuffle(steps: string[], dice: Iterator<number>): string[] {
  return steps
    .map((step) => ({ step, place: Number(dice.next().value) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ step }) => step);
}
