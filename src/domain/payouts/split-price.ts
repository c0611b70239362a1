import type { ShareTerms } from '../pricing/offer.ts';
import { apportion } from './apportion.ts';

/** Who has a part of a line's price, in the order in which equal remainders are rounded up. */
export const BENEFICIARIES = ['seller', 'organiser', 'charity', 'platform'] as const;
export type Beneficiary = (typeof BENEFICIARIES)[number];

const WHOLE_BPS = 10_000;

/** The parts of a line's price in whole cents: all four, and they sum to `cents` exactly. A part of nobody is the seller's. */
export function splitPrice(cents: number, terms: ShareTerms): Map<Beneficiary, number> {
  const organiser = terms.organiserId === null ? 0 : terms.organiserBps;
  const charity = terms.charityName === null ? 0 : terms.charityBps;
  const rest = WHOLE_BPS - terms.platformBps - organiser - charity;
  const weights: Record<Beneficiary, number> =
    terms.sellerId === null
      ? { seller: 0, organiser, charity, platform: terms.platformBps + rest }
      : { seller: rest, organiser, charity, platform: terms.platformBps };
  const parts = apportion(
    cents,
    BENEFICIARIES.map((name) => weights[name]),
  );
  return new Map(BENEFICIARIES.map((name, index) => [name, parts[index] ?? 0]));
}
