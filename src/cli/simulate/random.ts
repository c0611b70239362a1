/** Chance that is the same on every machine for the same seed. */
export interface Random {
  /** 0 up to, not including, 1. */
  share(): number;
  between(least: number, most: number): number;
  normal(mean: number, deviation: number): number;
  chance(probability: number): boolean;
  whole(least: number, most: number): number;
  pick<T>(options: readonly T[]): T | undefined;
  /** Chance of its own for a part, so that what is drawn there moves nothing elsewhere. */
  fork(name: string): Random;
}

/** Mulberry32 by Tommy Ettinger (public domain): 32 bits of state are plenty for one part of an event. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number) => least + share() * (most - least);
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1));
  return {
    share,
    between,
    whole,
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    chance: (probability) => share() < probability,
    pick: (options) => options[whole(0, options.length - 1)],
    fork: (name) => randomFrom(mix(seed, name)),
  };
}

/** FNV-1a. */
function mix(seed: number, name: string): number {
  let hash = (2_166_136_261 ^ seed) >>> 0;
  for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619) >>> 0;
  return hash;
}
