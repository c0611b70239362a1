import type { CartView } from '#domain/orders/cart.ts';
import type { PriceReason } from '#domain/pricing/priced-cart.ts';

/** What the cart costs less than its full prices, and why. */
export interface Saving {
  reason: 'pack' | 'tier' | 'capped' | 'whole-event' | 'pre-sale' | 'grouped' | 'discount' | 'promo';
  offCents: number;
  percent: number | null;
  code: string | null;
}

type GroupReason = Extract<PriceReason, Saving['reason']>;

/** Together they are exactly the difference between the full prices and the total. Lines that others cover do not count. */
export function sumSavings({ groups, discounts, promo, totalCents }: CartView): Saving[] {
  const lines = groups.flatMap((group) => group.lines).filter(({ reason }) => reason !== 'included');
  const full = lines.reduce((sum, line) => sum + line.fullCents, 0);
  const dated = discounts.map(({ percent, offCents }) => ({
    ...NONE,
    reason: 'discount' as const,
    percent,
    offCents,
  }));
  const coded = promo
    ? [{ ...NONE, reason: 'promo' as const, code: promo.code, offCents: promo.offCents }]
    : [];
  const told = [...dated, ...coded];
  const rest = full - totalCents - told.reduce((sum, one) => sum + one.offCents, 0);
  const reasons = new Set(lines.flatMap(({ reason }) => (isGroupReason(reason) ? [reason] : [])));
  const [only] = reasons;
  const grouped = {
    ...NONE,
    reason: reasons.size === 1 && only ? only : ('grouped' as const),
    offCents: rest,
  };
  return [grouped, ...told].filter(({ offCents }) => offCents !== 0);
}

const NONE = { percent: null, code: null };

const GROUP_REASONS: ReadonlySet<string> = new Set<GroupReason>([
  'pack',
  'tier',
  'capped',
  'whole-event',
  'pre-sale',
]);

function isGroupReason(reason: PriceReason): reason is GroupReason {
  return GROUP_REASONS.has(reason);
}
