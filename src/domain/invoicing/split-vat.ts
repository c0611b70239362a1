/** What of an amount is VAT where it is included, rounded to the nearest unit. `rateBps` are ten thousandths. */
export function includedVat(totalCents: number, rateBps: number): number {
  return divideRounded(BigInt(totalCents) * BigInt(rateBps), 10_000n + BigInt(rateBps));
}

/** VAT of each line: together exactly the VAT of their sum, each within a unit of its own share (largest remainder). */
export function splitVat(totals: number[], rateBps: number): number[] {
  const all = totals.reduce((sum, total) => sum + total, 0);
  const exact = totals.map((total) => BigInt(total) * BigInt(rateBps));
  const unit = 10_000n + BigInt(rateBps);
  const vats = exact.map((vat) => Number(vat / unit));
  const left = includedVat(all, rateBps) - vats.reduce((sum, vat) => sum + vat, 0);
  const byRemainder = exact
    .map((vat, place) => ({ place, rest: vat % unit }))
    .toSorted((one, other) =>
      one.rest === other.rest ? one.place - other.place : one.rest > other.rest ? -1 : 1,
    );
  for (const { place } of byRemainder.slice(0, left)) vats[place] = (vats[place] ?? 0) + 1;
  return vats;
}

interface Line {
  totalCents: number;
  vatCents: number;
}

/** VAT of one more part that is taken back of an invoiced line: when the last part is, all of the line's VAT is. */
export function vatTakenBack(line: Line, before: Line, amountCents: number): number {
  if (line.totalCents === 0) return 0;
  const taken = BigInt(before.totalCents + amountCents);
  const vat = divideRounded(BigInt(line.vatCents) * taken, BigInt(line.totalCents));
  return Math.max(0, vat - before.vatCents);
}

function divideRounded(over: bigint, under: bigint): number {
  return Number((2n * over + under) / (2n * under));
}
