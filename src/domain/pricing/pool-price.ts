/** What photos of one size cost together, whoever is on them. */
export interface PoolRates {
  singleCents: number;
  packs: { photos: number; priceCents: number }[];
  tiers: { fromPhotos: number; unitCents: number }[];
}

/** How so many photos come to cost least. */
export interface PoolPlan {
  priceCents: number;
  packs: { photos: number; priceCents: number; times: number }[];
  /** What each photo outside of packs costs. */
  unitCents: number;
  reason: 'single' | 'tier' | 'pack';
}

/**
 * The least that 0, 1, … `upTo` photos cost: any mix of packs and single photos at the tier that their number reaches, where
 * a pack or tier larger than what is wanted counts too. Never falls, and together never costs more than apart.
 */
export function tabulatePool(rates: PoolRates, upTo: number): number[] {
  const exact = tabulateExact(rates, Math.max(upTo, ...rates.tiers.map((tier) => tier.fromPhotos)));
  return Array.from({ length: upTo + 1 }, (_, photos) => exact[cheapestCount(rates, exact, photos)] ?? 0);
}

export function planPool(rates: PoolRates, photos: number): PoolPlan {
  const exact = tabulateExact(rates, Math.max(photos, ...rates.tiers.map((tier) => tier.fromPhotos)));
  const count = cheapestCount(rates, exact, photos);
  const unitCents = unitFor(rates, count);
  const packs = packsOf(rates, count, unitCents);
  const tiered = unitCents < rates.singleCents ? 'tier' : 'single';
  return {
    priceCents: exact[count] ?? 0,
    packs,
    unitCents,
    reason: packs.length > 0 ? 'pack' : tiered,
  };
}

/** For exactly so many photos: each tier's unit price has a table of its own, and a number looks into that of its tier. */
function tabulateExact(rates: PoolRates, upTo: number): number[] {
  const byUnit = new Map<number, number[]>();
  return Array.from({ length: upTo + 1 }, (_, photos) => {
    const unitCents = unitFor(rates, photos);
    const table = byUnit.get(unitCents) ?? tabulateUnit(rates, unitCents, upTo);
    byUnit.set(unitCents, table);
    return table[photos] ?? 0;
  });
}

/** A pack may hold more photos than are left to pay for. */
function tabulateUnit({ packs }: PoolRates, unitCents: number, upTo: number): number[] {
  const table = [0];
  for (let photos = 1; photos <= upTo; photos += 1) {
    let least = (table[photos - 1] ?? 0) + unitCents;
    for (const pack of packs) {
      least = Math.min(least, (table[Math.max(0, photos - pack.photos)] ?? 0) + pack.priceCents);
    }
    table.push(least);
  }
  return table;
}

function unitFor({ singleCents, tiers }: PoolRates, photos: number): number {
  const reached = tiers.filter((tier) => tier.fromPhotos <= photos);
  return Math.min(singleCents, ...reached.map((tier) => tier.unitCents));
}

/** The number of photos to pay for: more than are wanted where a tier makes that cheaper. */
function cheapestCount({ tiers }: PoolRates, exact: number[], photos: number): number {
  if (photos === 0) return 0;
  let best = photos;
  for (const { fromPhotos } of tiers) {
    if (fromPhotos > photos && (exact[fromPhotos] ?? 0) < (exact[best] ?? 0)) best = fromPhotos;
  }
  return best;
}

/** Walks the table back; a pack that costs no less than single photos is not used. */
function packsOf(rates: PoolRates, photos: number, unitCents: number): PoolPlan['packs'] {
  const table = tabulateUnit(rates, unitCents, photos);
  const times = new Map<number, number>();
  let left = photos;
  while (left > 0) {
    const pack =
      table[left] === (table[left - 1] ?? 0) + unitCents ? undefined : bestPack(rates, table, left);
    if (pack) times.set(pack.photos, (times.get(pack.photos) ?? 0) + 1);
    left -= pack?.photos ?? 1;
  }
  return rates.packs.flatMap((pack) => {
    const used = times.get(pack.photos);
    return used ? [{ ...pack, times: used }] : [];
  });
}

function bestPack(
  { packs }: PoolRates,
  table: number[],
  photos: number,
): PoolRates['packs'][number] | undefined {
  return packs.find(
    (pack) => table[photos] === (table[Math.max(0, photos - pack.photos)] ?? 0) + pack.priceCents,
  );
}
