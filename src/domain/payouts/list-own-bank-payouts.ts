import { desc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOrganisation } from '../accounts/require-account.ts';
import { sellerPayouts } from './tables.ts';

export interface BankPayout {
  payoutId: string;
  amountCents: number;
  currency: string;
  state: 'paid' | 'failed';
  /** In the provider's words, such as `account_closed`. */
  reason: string | null;
  at: Date;
}

const SHOWN = 50;

/** The latest payouts to the own bank. */
export async function listOwnBankPayouts(ctx: Context): Promise<BankPayout[]> {
  const { organisationId } = requireOrganisation(ctx);
  return ctx.db
    .select({
      payoutId: sellerPayouts.id,
      amountCents: sellerPayouts.amountCents,
      currency: sellerPayouts.currency,
      state: sellerPayouts.state,
      reason: sellerPayouts.reason,
      at: sellerPayouts.at,
    })
    .from(sellerPayouts)
    .where(eq(sellerPayouts.organisationId, organisationId))
    .orderBy(desc(sellerPayouts.at))
    .limit(SHOWN);
}
