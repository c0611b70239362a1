import type { Body } from './frame-bodies.ts';
import type { Link } from './link-frames.ts';
import type { ReadSupport } from './read-support.ts';
import { WEIGHTS } from './weights.ts';

/** One read that speaks of a body: its own, or that of the same person on another frame. */
export interface Clue {
  support: ReadSupport;
  /** Probability that it speaks of this body. */
  link: number;
  /** What it is worth beside the clues before it. */
  worth: number;
  /** Null for the frame's own. */
  frame: number | null;
}

const mostClues = 8;

/** Strongest first. Reads of one person share what hides the digits: each is worth less than the one before. */
export function cluesOf(
  body: Body,
  links: readonly Link[],
  { bodies, population, trust }: { bodies: readonly Body[][]; population: number; trust: number },
): Clue[] {
  const own = body.reads.map((support) => ({ support, link: 1, frame: null }));
  const linked = links.flatMap(({ frame, body: at, probability }) =>
    (bodies[frame]?.[at]?.reads ?? []).map((support) => ({ support, link: probability * trust, frame })),
  );
  const clues = [...own, ...linked]
    .map((clue) => ({ ...clue, strength: strengthOf(clue, population) }))
    .sort((a, b) => b.strength - a.strength)
    .slice(0, mostClues);
  return clues.map(({ support, link, frame }, index) => ({
    support,
    link,
    frame,
    worth: WEIGHTS.laterRead ** index,
  }));
}

/** How many times likelier the clue is when the body is this runner than when it is nobody of whom the read speaks. */
export function clueRatio(
  { support, link }: Pick<Clue, 'support' | 'link'>,
  bib: string,
  population: number,
): number {
  const probability = support.byBib.get(bib)?.probability;
  if (probability === undefined) return 1;
  const unlinked = 1 - link;
  const nobody = link * support.rest + unlinked;
  return (link * (population * probability + support.rest) + unlinked) / nobody;
}

function strengthOf(clue: Pick<Clue, 'support' | 'link'>, population: number): number {
  let most = 1;
  for (const bib of clue.support.byBib.keys()) most = Math.max(most, clueRatio(clue, bib, population));
  return Math.log(most);
}
