import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError, isDomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { SellerAccount } from '#platform/payments/payments.ts';
import { requireManager } from '../accounts/require-manager.ts';
import { users } from '../accounts/tables.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { keepSellerAccount } from './keep-seller-account.ts';
import { SELLER_COUNTRIES } from './seller-countries.ts';
import { sellerAccounts } from './tables.ts';

export const openSellerAccountInput = z.object({
  country: z.string().refine((code) => SELLER_COUNTRIES.includes(code)),
});

/**
 * Opens the own organisation's account at the provider, once, and gives its id there. One at another provider, or one that
 * the seller has left, is replaced. Safe to run twice: the key is stored before the provider is called. For the owner and
 * managers; throws 'forbidden' for others.
 */
export async function openSellerAccount(
  ctx: Context,
  input: z.input<typeof openSellerAccountInput>,
): Promise<string> {
  const { userId, organisationId } = await requireManager(ctx);
  const { country } = parseInput(openSellerAccountInput, input);
  const row = await inTransaction(ctx, (tx) => claimRow(tx, organisationId, country));
  if (row.accountId !== null) return row.accountId;
  const [user] = await ctx.db.select({ email: users.email }).from(users).where(eq(users.id, userId));
  if (!user) throw new DomainError('forbidden', { public: { key: 'accounts.signInFirst' } });
  const account = await create(ctx, row, user.email);
  await inTransaction(ctx, async (tx) => {
    await keepSellerAccount(tx, account);
    await recordAudit(tx, {
      action: 'payouts.open-account',
      subjectKind: 'organisation',
      subjectId: organisationId,
      details: { provider: tx.payments.name, country: row.country },
    });
  });
  return account.id;
}

type SellerRow = typeof sellerAccounts.$inferSelect;

/** The provider keeps a refusal under its key: the next try has another one. */
async function create(ctx: Context, row: SellerRow, email: string): Promise<SellerAccount> {
  const { organisationId, country, idempotencyKey } = row;
  try {
    return await ctx.payments.createSellerAccount({ organisationId, email, country, idempotencyKey });
  } catch (error) {
    if (isDomainError(error) && error.code !== 'unavailable') {
      await ctx.db
        .update(sellerAccounts)
        .set({ idempotencyKey: `seller/${organisationId}/${ctx.random.id()}` })
        .where(eq(sellerAccounts.idempotencyKey, idempotencyKey));
    }
    throw error;
  }
}

async function claimRow(tx: Context, organisationId: string, country: string): Promise<SellerRow> {
  const now = tx.clock.now();
  const fresh = {
    provider: tx.payments.name,
    accountId: null,
    idempotencyKey: `seller/${organisationId}/${tx.random.id()}`,
    country,
    canReceive: false,
    canPayOut: false,
    requirements: null,
    leftAt: null,
    createdAt: now,
    updatedAt: now,
  };
  await tx.db
    .insert(sellerAccounts)
    .values({ organisationId, ...fresh })
    .onConflictDoNothing({ target: sellerAccounts.organisationId });
  const mine = eq(sellerAccounts.organisationId, organisationId);
  const [row] = await tx.db.select().from(sellerAccounts).where(mine).for('update');
  if (!row) throw new Error('the row was just written');
  const isOver = row.provider !== tx.payments.name || row.leftAt !== null;
  const countryDiffers = row.accountId === null && row.country !== country;
  if (!isOver && !countryDiffers) return row;
  const [renewed] = await tx.db.update(sellerAccounts).set(fresh).where(mine).returning();
  return renewed ?? row;
}
