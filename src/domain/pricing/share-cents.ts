/**
 * Divides an amount in proportion to weights, by largest remainder: the parts sum exactly to it, and equal remainders go
 * to the first. Parts are multiples of `step`, which the amount must be too. A part is never above its weight while the
 * amount is not above the sum of weights. Weights that are all 0 count as equal. Exact for amounts times weights under 2^53.
 */
export function shareCents(totalCents: number, weights: number[], step = 1): number[] {
  const asked = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = asked === 0 ? weights.map(() => 1) : weights;
  const sum = asked === 0 ? weights.length : asked;
  const units = totalCents / step;
  const shares = parts.map((part) => Math.floor((units * part) / sum));
  const left = units - shares.reduce((given, share) => given + share, 0);
  const byRemainder = parts
    .map((part, position) => ({ position, remainder: (units * part) % sum }))
    .sort((one, other) => other.remainder - one.remainder || one.position - other.position);
  for (const { position } of byRemainder.slice(0, left)) shares[position] = (shares[position] ?? 0) + 1;
  return shares.map((share) => share * step);
}

const STEPS = new Map<string, number>();

/** What amounts of a currency are multiples of: Stripe takes the last of three decimals only as 0. */
export function moneyStep(currency: string): number {
  const known = STEPS.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  const step = maximumFractionDigits > 2 ? 10 : 1;
  STEPS.set(currency, step);
  return step;
}
