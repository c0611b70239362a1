import type { ShareTerms } from '../pricing/offer.ts';
import { shareCents } from '../pricing/share-cents.ts';

/** Who has a part of a line's price, in the order in which equal remainders are rounded up. */
export const BENEFICIARIES = ['seller', 'organiser', 'charity', 'platform'] as const;
export type Beneficiary = (typeof BENEFICIARIES)[number];

const WHOLE_BPS = 10_000;

/**
 * The parts of a line's price: all four, in multiples of `step`, and they sum to `cents` exactly. A part of nobody is the
 * seller's; what the platform itself sells is its own.
 */
export function splitPrice(cents: number, terms: ShareTerms, step = 1): Map<Beneficiary, number> {
  const organiser = terms.organiserId === null ? 0 : terms.organiserBps;
  const charity = terms.charityName === null ? 0 : terms.charityBps;
  const rest = WHOLE_BPS - terms.platformBps - organiser - charity;
  const weights: Record<Beneficiary, number> =
    terms.sellerId === null
      ? { seller: 0, organiser, charity, platform: terms.platformBps + rest }
      : { seller: rest, organiser, charity, platform: terms.platformBps };
  const parts = shareCents(
    cents,
    BENEFICIARIES.map((name) => weights[name]),
    step,
  );
  return new Map(BENEFICIARIES.map((name, index) => [name, parts[index] ?? 0]));
}
