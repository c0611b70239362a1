import { Hono } from 'hono';
import type { Context } from '#context.ts';
import { applyDisputeEvent } from '#domain/disputes/apply-dispute-event.ts';
import { applyPaymentEvent } from '#domain/orders/apply-payment-event.ts';
import { applySellerEvent } from '#domain/payouts/apply-seller-event.ts';
import { DomainError } from '#platform/errors.ts';

/**
 * POST /:provider. The body is bytes until its signature holds: a wrong one throws 'bad-input' and leaves no trace.
 * Whatever is understood is answered 2xx, also when it is set aside for a person, so that the provider stops sending it.
 */
export function openWebhooksDoor(ctx: Context): Hono {
  const door = new Hono();
  door.post('/:provider', async (c) => {
    if (c.req.param('provider') !== ctx.payments.name) {
      throw new DomainError('not-found', { public: { key: 'platform.notFound' } });
    }
    const rawBody = Buffer.from(await c.req.arrayBuffer());
    const events = await ctx.payments.readEvents(rawBody, c.req.header());
    for (const event of events) {
      await applyPaymentEvent(ctx, { event });
      await applyDisputeEvent(ctx, { event });
      await applySellerEvent(ctx, { event });
    }
    return c.json({ received: true }, 200, { 'cache-control': 'no-store' });
  });
  return door;
}
