/**
 * Whole cents by weight, with the largest remainders rounded up; equal remainders go to the earlier one. They sum to `cents`
 * exactly. Weights are whole numbers from 0; when all are 0, so are the parts, and `cents` must be 0 too.
 */
export function apportion(cents: number, weights: number[]): number[] {
  // Cents by weights may pass 2^53.
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole === 0n) {
    if (cents === 0) return weights.map(() => 0);
    throw new RangeError('nobody to give the cents to');
  }
  const exact = weights.map((weight) => BigInt(cents) * BigInt(weight));
  const parts = exact.map((product) => Number(product / whole));
  const left = cents - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((product, index) => ({ index, remainder: product % whole }))
    .toSorted((one, other) => Number(other.remainder - one.remainder) || one.index - other.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
