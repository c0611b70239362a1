import type { Body } from './frame-bodies.ts';
import type { ReadSupport } from './read-support.ts';
import { WEIGHTS } from './weights.ts';

const mostClues = 4;

/** How many times likelier the read is when its wearer is this runner than when it is somebody of whom it does not speak. */
export function readRatio({ byBib, rest }: ReadSupport, bib: string, population: number): number {
  const probability = byBib.get(bib)?.probability;
  return probability === undefined ? 1 : (population * probability + rest) / rest;
}

/** Log-odds that the reads of a body add for each runner they speak of. Reads of one body share what hides the digits: each is
 *  worth less than the one before. */
export function oddsOfReads({ reads }: Body, population: number): Map<string, number> {
  const odds = new Map<string, number>();
  for (const [index, support] of differentReads(reads).entries()) {
    for (const bib of support.byBib.keys()) {
      const told = WEIGHTS.laterRead ** index * Math.log(readRatio(support, bib, population));
      odds.set(bib, (odds.get(bib) ?? 0) + told);
    }
  }
  return odds;
}

/** The same number twice on one body is one number. */
export function differentReads(reads: readonly ReadSupport[]): ReadSupport[] {
  return reads
    .filter((one, index) => reads.findIndex(({ read }) => read.bib === one.read.bib) === index)
    .slice(0, mostClues);
}
