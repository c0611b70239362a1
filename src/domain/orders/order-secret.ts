import { createHmac } from 'node:crypto';
import type { Context } from '#context.ts';

/** What stands in an order's link: 256 bits that only the server's secret can make again, for mails sent later. */
export function orderSecret(ctx: Pick<Context, 'config'>, orderId: string): string {
  return createHmac('sha256', ctx.config.authSecret).update(`order link ${orderId}`).digest('base64url');
}

export function orderUrl(ctx: Pick<Context, 'config'>, order: { id: string; locale: 'fr' | 'en' }): string {
  return `${ctx.config.publicUrl}/${order.locale}/orders/${orderSecret(ctx, order.id)}`;
}
