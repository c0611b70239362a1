import type { z } from 'zod';
import type { Context } from '#context.ts';
import { requireOrganisation } from '../accounts/require-account.ts';
import { openSellerAccount, type openSellerAccountInput } from './open-seller-account.ts';

/** A page of the provider that asks the seller for what is missing; opens their account first. Good for one visit within minutes. */
export async function startOnboarding(
  ctx: Context,
  input: z.input<typeof openSellerAccountInput>,
): Promise<{ url: string }> {
  requireOrganisation(ctx);
  const accountId = await openSellerAccount(ctx, input);
  const page = `${ctx.config.publicUrl}/${ctx.locale}/pro/payouts`;
  const { url } = await ctx.payments.startOnboarding({
    accountId,
    returnUrl: `${page}?from=provider`,
    refreshUrl: `${page}/continue`,
    idempotencyKey: `onboarding/${accountId}/${ctx.random.id()}`,
  });
  return { url };
}
