import { randomUUID } from 'node:crypto';
import type { Context } from '#context.ts';
import { taxProfiles } from '#domain/invoicing/tables.ts';
import { refundLines, refunds } from '#domain/orders/tables.ts';
import { makeEvent, makeOrder, makeOrderLine, makePhoto, makePro } from './factories.ts';

/** A photographer with an event, and unless told otherwise a tax profile at 20 %. */
export async function makeSeller(
  ctx: Context,
  { taxed = true, rateBps = 2_000 }: { taxed?: boolean; rateBps?: number } = {},
) {
  const pro = await makePro(ctx);
  const event = await makeEvent(ctx, { organisationId: pro.organisation.id });
  if (taxed) {
    await ctx.db.insert(taxProfiles).values({
      organisationId: pro.organisation.id,
      legalName: `Studio ${pro.organisation.name} EI`,
      address: '3 rue du Lac\n74000 Annecy',
      country: 'FR',
      siren: '732829320',
      vatRegime: rateBps === 0 ? 'exempt-293b' : 'standard',
      vatNumber: rateBps === 0 ? null : 'FR44732829320',
      vatRateBps: rateBps,
      updatedAt: ctx.clock.now(),
    });
  }
  return { ...pro, event };
}

export type Seller = Awaited<ReturnType<typeof makeSeller>>;

/** A paid order of single photos, each of one seller's event. */
export async function makeSale(
  ctx: Context,
  sold: { seller: Seller; priceCents: number }[],
  row: Parameters<typeof makeOrder>[1] = {},
) {
  const totalCents = sold.reduce((sum, { priceCents }) => sum + priceCents, 0);
  const now = ctx.clock.now();
  const order = await makeOrder(ctx, { totalCents, state: 'paid', paidAt: now, deliveredAt: now, ...row });
  const lineIds: string[] = [];
  for (const [position, { seller, priceCents }] of sold.entries()) {
    const { id: sellerId } = seller.organisation;
    const photo = await makePhoto(ctx, { eventId: seller.event.id, bibs: ['1274'] });
    const shares = { organiserId: null, organiserBps: 0, charityName: null, charityBps: 0 };
    const line = await makeOrderLine(ctx, {
      orderId: order.id,
      eventId: seller.event.id,
      photoId: photo.id,
      bib: '1274',
      priceCents,
      position,
      terms: { sellerId, platformBps: 1_000, ...shares },
    });
    lineIds.push(line.id);
  }
  return { order, lineIds };
}

/** A refund as the provider left it. */
export async function makeRefund(
  ctx: Context,
  orderId: string,
  parts: { lineId: string; amountCents: number }[],
  state: (typeof refunds.$inferSelect)['state'] = 'succeeded',
): Promise<string> {
  const id = randomUUID();
  const now = ctx.clock.now();
  const amountCents = parts.reduce((sum, part) => sum + part.amountCents, 0);
  const row = { id, orderId, amountCents, currency: 'eur', cause: 'goodwill' as const, state };
  await ctx.db.insert(refunds).values({ ...row, idempotencyKey: id, createdAt: now, updatedAt: now });
  await ctx.db.insert(refundLines).values(parts.map((part) => ({ ...part, refundId: id })));
  return id;
}
