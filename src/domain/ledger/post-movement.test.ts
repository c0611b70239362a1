import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { inTransaction } from '#context.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import type { AccountName } from './account.ts';
import { getBalance } from './get-balance.ts';
import { type Movement, postMovement } from './post-movement.ts';
import { ledgerAccounts, ledgerEntries, ledgerMovements } from './tables.ts';

const account = (kind: AccountName['kind'], owner: string, currency = 'eur') => ({ kind, owner, currency });

function movementOf(ctx: TestContext, parts: [AccountName, number][], uniqueKey = `test/${ctx.random.id()}`) {
  const entries = parts.map(([name, amount]) => ({ account: name, amount }));
  return { uniqueKey, kind: 'sale', orderId: null, happenedAt: ctx.clock.now(), entries } satisfies Movement;
}

const post = (ctx: TestContext, movement: Movement) => inTransaction(ctx, (tx) => postMovement(tx, movement));

/** Two accounts of this test alone. */
function pair(ctx: TestContext): [AccountName, AccountName] {
  const owner = ctx.random.id();
  return [account('buyer', owner), account('seller', owner)];
}

async function sumOfEntries(ctx: TestContext, { kind, owner }: AccountName): Promise<number> {
  const [row] = await ctx.db
    .select({ total: sql<number>`coalesce(sum(${ledgerEntries.amount}), 0)`.mapWith(Number) })
    .from(ledgerEntries)
    .innerJoin(ledgerAccounts, eq(ledgerAccounts.id, ledgerEntries.accountId))
    .where(sql`${ledgerAccounts.kind} = ${kind} and ${ledgerAccounts.owner} = ${owner}`);
  return row?.total ?? 0;
}

describe('the ledger', () => {
  test('a movement happens once, however often and at once it is posted', async () => {
    const ctx = await createTestContext();
    const [buyer, seller] = pair(ctx);
    const movement = movementOf(ctx, [
      [buyer, 700],
      [seller, -700],
    ]);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => post(ctx, movement)));
    expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-posted')).toHaveLength(7);
    expect([await getBalance(ctx, buyer), await getBalance(ctx, seller)]).toEqual([700, -700]);
  });

  test('entries that do not balance in each currency, or move nothing, are refused and leave no trace', async () => {
    const ctx = await createTestContext();
    const [buyer, seller] = pair(ctx);
    const dollars = { ...seller, currency: 'usd' };
    const wrong: [AccountName, number][][] = [
      [
        [buyer, 700],
        [seller, -699],
      ],
      [
        [buyer, 700],
        [dollars, -700],
      ],
      [
        [buyer, 0.5],
        [seller, -0.5],
      ],
      [
        [buyer, 700],
        [buyer, -700],
      ],
      [],
    ];
    for (const parts of wrong) {
      const refused = post(ctx, movementOf(ctx, parts));
      await expect(refused).rejects.toMatchObject({ code: 'bad-input' });
    }
    expect(await sumOfEntries(ctx, buyer)).toBe(0);
  });

  test('the database itself refuses at commit what does not balance', async () => {
    const ctx = await createTestContext();
    const [buyer, seller] = pair(ctx);
    await post(
      ctx,
      movementOf(ctx, [
        [buyer, 700],
        [seller, -700],
      ]),
    );
    const [known] = await ctx.db.select().from(ledgerAccounts).where(eq(ledgerAccounts.owner, buyer.owner));
    const movementId = ctx.random.id();
    const crooked = ctx.db.transaction(async (db) => {
      const now = ctx.clock.now();
      await db.insert(ledgerMovements).values({
        id: movementId,
        uniqueKey: `crooked/${movementId}`,
        kind: 'sale',
        happenedAt: now,
        createdAt: now,
      });
      await db
        .insert(ledgerEntries)
        .values({ id: ctx.random.id(), movementId, accountId: known?.id ?? '', amount: 1 });
    });
    await expect(crooked).rejects.toThrow();
    expect(await ctx.db.$count(ledgerMovements, eq(ledgerMovements.id, movementId))).toBe(0);
  });

  test('what is written stays: no movement and no entry is changed or removed', async () => {
    const ctx = await createTestContext();
    const [buyer, seller] = pair(ctx);
    const movement = movementOf(ctx, [
      [buyer, 700],
      [seller, -700],
    ]);
    await post(ctx, movement);
    const mine = eq(ledgerMovements.uniqueKey, movement.uniqueKey);
    await expect(ctx.db.update(ledgerMovements).set({ kind: 'refund' }).where(mine)).rejects.toThrow();
    await expect(ctx.db.delete(ledgerMovements).where(mine)).rejects.toThrow();
    await expect(ctx.db.update(ledgerEntries).set({ amount: 1 })).rejects.toThrow();
    await expect(ctx.db.delete(ledgerEntries)).rejects.toThrow();
    expect(await sumOfEntries(ctx, buyer)).toBe(700);
  });

  test('fifty movements at once over the same accounts leave each balance the sum of its entries', async () => {
    const ctx = await createTestContext();
    const owner = ctx.random.id();
    const accounts = (['buyer', 'seller', 'organiser', 'charity', 'provider'] as const).map((kind) =>
      account(kind, owner),
    );
    const movements = Array.from({ length: 50 }, (_, index) => {
      const [from, to] = [accounts[index % 5], accounts[(index + 1 + (index % 3)) % 5]];
      if (!from || !to) throw new Error('five accounts were made');
      return movementOf(ctx, [
        [to, index + 1],
        [from, -index - 1],
      ]);
    });
    await Promise.all(movements.map((movement) => post(ctx, movement)));
    let total = 0;
    for (const name of accounts) {
      const balance = await getBalance(ctx, name);
      expect(balance).toBe(await sumOfEntries(ctx, name));
      total += balance;
    }
    expect(total).toBe(0);
  });
});
