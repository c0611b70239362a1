import type { Link } from './link-frames.ts';
import { WEIGHTS } from './weights.ts';

/** A frame as its own reads and its instant tell it: bodies × runners. */
export interface OwnFrame {
  /** Probability of each pair by reads, instant and persons' words. */
  pairs: Float64Array;
  /** Probability of each pair by the instant alone. */
  prior: Float64Array;
  /** For each body: to be nobody of the runners, by everything and by the instant alone. */
  nobody: { pair: number; prior: number }[];
  /** For each runner: to be anywhere on the frame. */
  present: Float64Array;
}

/** What one frame says of a body on another one. */
export interface Heard {
  frame: number;
  links: Link[];
  /** For each runner, how much likelier than for nobody. */
  ratios: Float64Array;
  /** For each runner, the probability of being there and linked. */
  linked: Float64Array;
  /** What it is worth beside the stronger ones. */
  worth: number;
}

const leastPrior = 1e-9;
const mostHeard = 5;

/**
 * What the frames around say of a body. It is the same person as a body there with the probability of the link, and then whoever that
 * one is; else it is new, and nobody who is seen there. What both know from their instants is counted once. Strongest first; they are not
 * independent, so each is worth less than the one before; `after` says how many stronger ones the body has itself.
 */
export function hearNeighbours(
  links: readonly Link[],
  {
    own,
    runners,
    trust,
    strongest,
  }: { own: readonly OwnFrame[]; runners: number; trust: number; strongest: number },
): Heard[] {
  const heard = [...Map.groupBy(links, ({ frame }) => frame)].flatMap(([frame, there]) => {
    const other = own[frame];
    return other ? [hearOne(other, { frame, links: there, runners, trust })] : [];
  });
  heard.sort((a, b) => b.strength - a.strength);
  let stronger = 0;
  let told = false;
  return heard.slice(0, mostHeard).map(({ strength, ...one }) => {
    if (!told && strongest > 1 && strongest >= strength) {
      stronger += 1;
      told = true;
    }
    return { ...one, worth: WEIGHTS.laterRead ** stronger++ };
  });
}

function hearOne(
  other: OwnFrame,
  { frame, links, runners, trust }: { frame: number; links: Link[]; runners: number; trust: number },
): Omit<Heard, 'worth'> & { strength: number } {
  const ratios = new Float64Array(runners);
  const linked = new Float64Array(runners);
  let fresh = 1;
  let nobody = 0;
  for (const { body, probability } of links) {
    const link = probability * trust;
    fresh -= link;
    const at = other.nobody[body];
    if (at) nobody += (link * at.pair) / Math.max(leastPrior, at.prior);
    for (let runner = 0; runner < runners; runner++) {
      const pair = other.pairs[body * runners + runner] ?? 0;
      const prior = Math.max(leastPrior, other.prior[body * runners + runner] ?? 0);
      ratios[runner] = (ratios[runner] ?? 0) + (link * pair) / prior;
      linked[runner] = (linked[runner] ?? 0) + link * pair;
    }
  }
  fresh = Math.max(1 - WEIGHTS.mostLink, fresh);
  nobody += fresh;
  let strength = 1;
  for (let runner = 0; runner < runners; runner++) {
    const absent = Math.max(0, 1 - (other.present[runner] ?? 0));
    const ratio = ((ratios[runner] ?? 0) + fresh * absent) / nobody;
    ratios[runner] = ratio;
    if (ratio > strength) strength = ratio;
  }
  return { frame, links, ratios, linked, strength };
}

/** What one of several frames says of a runner, as a factor of the odds. That the runner is about is news once, from the frame
 *  that says it most; the others then only tell how surely they are linked. */
export function factorOf(heard: readonly Heard[], index: number, runner: number): number {
  const one = heard[index];
  if (!one) return 1;
  const ratio = one.ratios[runner] ?? 1;
  const isNews = heard.every(
    (other, at) => at === index || isLess(other.ratios[runner] ?? 1, ratio, at > index),
  );
  if (ratio <= 1 || isNews) return ratio ** one.worth;
  const linked = Math.min(WEIGHTS.mostLink, one.linked[runner] ?? 0);
  return Math.min(ratio, linked / (1 - linked)) ** one.worth;
}

function isLess(a: number, b: number, orEqual: boolean): boolean {
  return a < b || (orEqual && a === b);
}
