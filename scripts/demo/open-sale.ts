import type { Context } from '../../src/context.ts';
import { setTaxProfile } from '../../src/domain/invoicing/set-tax-profile.ts';
import { createPromoCode } from '../../src/domain/pricing/create-promo-code.ts';
import { setShares } from '../../src/domain/pricing/set-shares.ts';
import { DEMO_ORGANISER } from './demo-accounts.ts';

export const DEMO_PROMO_CODE = 'LAMPIONS10';
/** A tenth of each photo, and three in a hundred. */
const ORGANISER_BPS = 1_000;
const CHARITY_BPS = 300;

/** Everything of a sale but its prices: a promo code, who has a part of it, and who is named on invoices. */
export async function openDemoSale(seller: Context, { eventId }: { eventId: string }): Promise<void> {
  await createPromoCode(seller, {
    code: DEMO_PROMO_CODE,
    eventId,
    off: { kind: 'percent', percent: 10 },
  });
  await setShares(seller, {
    eventId,
    organiser: { email: DEMO_ORGANISER },
    organiserBps: ORGANISER_BPS,
    charityName: 'Les Amis du Lac',
    charityBps: CHARITY_BPS,
  });
  await setTaxProfile(seller, {
    legalName: 'Atelier Lumen EI',
    address: '3 rue du Lac\n74000 Annecy',
    country: 'FR',
    siren: '732829320',
    vatRegime: 'exempt-293b',
    vatNumber: '',
    vatRateBps: 0,
  });
}
