import { and, asc, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { requireOrganisation } from '../accounts/require-account.ts';
import { keepSellerAccount } from './keep-seller-account.ts';
import { sellerAccounts } from './tables.ts';

/** After that long without a notice a seller who cannot receive is asked about. */
const ASK_AGAIN_MS = 3600_000;
const BATCH = 50;

/** Asks the provider how the own account stands. Nothing happens without an account. */
export async function refreshSeller(ctx: Context): Promise<void> {
  const { organisationId } = requireOrganisation(ctx);
  const [seller] = await ctx.db
    .select()
    .from(sellerAccounts)
    .where(
      and(eq(sellerAccounts.organisationId, organisationId), eq(sellerAccounts.provider, ctx.payments.name)),
    );
  if (seller?.accountId && seller.leftAt === null) await refresh(ctx, seller.accountId);
}

/** For the sweep: notices may never come. */
export async function refreshWaitingSellers(ctx: Context): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - ASK_AGAIN_MS);
  const waiting = await ctx.db
    .select()
    .from(sellerAccounts)
    .where(
      and(
        eq(sellerAccounts.provider, ctx.payments.name),
        eq(sellerAccounts.canReceive, false),
        isNull(sellerAccounts.leftAt),
        isNotNull(sellerAccounts.accountId),
        lt(sellerAccounts.updatedAt, before),
      ),
    )
    .orderBy(asc(sellerAccounts.updatedAt))
    .limit(BATCH);
  for (const { accountId, organisationId } of waiting) {
    try {
      await refresh(ctx, accountId ?? '');
    } catch (error) {
      ctx.log.warn({ organisationId, error }, 'the provider could not be asked about a seller');
    }
  }
}

async function refresh(ctx: Context, accountId: string): Promise<void> {
  const account = await ctx.payments.getSellerAccount(accountId);
  await inTransaction(ctx, (tx) => keepSellerAccount(tx, account));
}
