import 'server-only';
import { cache } from 'react';
import { publicContext } from '#app/_web/public-context.ts';
import { findOffers } from '#domain/pricing/find-offers.ts';
import type { Offer } from '#domain/pricing/offer.ts';
import { type Sale, saleOf } from './sale.ts';

/** What an event's photos cost at the moment of the page, once per page. */
export const loadOffer = cache(
  async (locale: string, eventId: string): Promise<{ offer: Offer; sale: Sale; now: Date }> => {
    const ctx = await publicContext(locale);
    const now = ctx.clock.now();
    const offer = (await findOffers(ctx, [eventId])).get(eventId);
    if (!offer) throw new Error(`event ${eventId} has no offer`);
    return { offer, sale: saleOf(offer, now), now };
  },
);
