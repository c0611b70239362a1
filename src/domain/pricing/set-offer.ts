import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { changeBasePrices } from '#domain/events/change-base-prices.ts';
import { requireManagedEvent } from '#domain/events/require-managed-event.ts';
import { parseInput } from '#platform/parse-input.ts';
import { type OfferInput, offerSchema } from './offer-rules.ts';
import { discounts, eventOffers, pricePacks, priceTiers } from './tables.ts';

/**
 * Replaces all that decides what an event's photos cost. Carts follow at once, orders keep their prices. Refuses what would
 * mislead: a pack or tier that costs no less than its photos one by one, a pre-sale dearer than what it comes before.
 * Throws bad-input with a reason for each field, conflict for an archived event.
 */
export async function setOffer(ctx: Context, input: OfferInput & { eventId: string }): Promise<void> {
  const { id: eventId } = await requireManagedEvent(ctx, input);
  const offer = parseInput(offerSchema, input);
  await inTransaction(ctx, async (tx) => {
    await changeBasePrices(tx, {
      eventId,
      photoPriceCents: offer.photoCents.original,
      allPhotosPriceCents: offer.allPhotosCents,
    });
    await writeOffer(tx, eventId, offer);
    await writeLists(tx, eventId, offer);
    await recordAudit(tx, {
      action: 'pricing.set-offer',
      subjectKind: 'event',
      subjectId: eventId,
      details: {
        selling: offer.selling,
        original: offer.photoCents.original,
        allPhotos: offer.allPhotosCents,
        packs: offer.packs.length,
        discounts: offer.discounts.length,
      },
    });
  });
}

async function writeOffer(tx: Context, eventId: string, offer: OfferInput): Promise<void> {
  const fields = {
    selling: offer.selling,
    webPriceCents: offer.photoCents.web,
    preSaleCents: offer.preSaleCents,
    wholeEventCents: offer.wholeEventCents,
    sponsorName: offer.sponsorName || null,
    updatedAt: tx.clock.now(),
  };
  await tx.db
    .insert(eventOffers)
    .values({ eventId, ...fields })
    .onConflictDoUpdate({ target: eventOffers.eventId, set: fields });
}

/** The event's row is locked by its new prices: two saves follow each other. */
async function writeLists(tx: Context, eventId: string, offer: OfferInput): Promise<void> {
  const owned = <Row>(rows: Row[]) => rows.map((row) => ({ id: tx.random.id(), eventId, ...row }));
  for (const table of [pricePacks, priceTiers, discounts]) {
    await tx.db.delete(table).where(eq(table.eventId, eventId));
  }
  if (offer.packs.length > 0) await tx.db.insert(pricePacks).values(owned(offer.packs));
  if (offer.tiers.length > 0) await tx.db.insert(priceTiers).values(owned(offer.tiers));
  if (offer.discounts.length > 0) await tx.db.insert(discounts).values(owned(offer.discounts));
}
