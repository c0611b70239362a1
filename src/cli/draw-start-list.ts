import { bareNumber } from '#vision/bibs/start-list.ts';

const maxDraws = 100_000;

/** A start list of `size` bibs: all true ones, filled up with random numbers as long as they are. The same for the same input. */
export function drawStartList(trueBibs: readonly string[], size: number): string[] {
  const lengths = trueBibs.map((bib) => bareNumber(bib).length);
  const list = new Set(trueBibs);
  const numbers = new Set(trueBibs.map(bareNumber));
  const random = seededRandom(size);
  for (let draw = 0; draw < maxDraws && list.size < size && lengths.length > 0; draw++) {
    const digits = lengths[Math.floor(random() * lengths.length)] ?? 1;
    const least = 10 ** (digits - 1);
    const number = String(least + Math.floor(random() * 9 * least));
    if (!numbers.has(number)) list.add(number);
    numbers.add(number);
  }
  return [...list];
}

/** Lehmer's generator: the same numbers on every machine. */
function seededRandom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
