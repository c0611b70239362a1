import type { z } from 'zod';
import type { Context } from '#context.ts';
import { requireManager } from '../accounts/require-manager.ts';
import { openSellerAccount, type openSellerAccountInput } from './open-seller-account.ts';

/**
 * A page of the provider that asks the seller for what is missing, their bank account among it; opens their account there first.
 * Good for one visit within minutes. For the owner and managers; throws 'forbidden' for others.
 */
export async function startOnboarding(
  ctx: Context,
  input: z.input<typeof openSellerAccountInput>,
): Promise<{ url: string }> {
  await requireManager(ctx);
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
