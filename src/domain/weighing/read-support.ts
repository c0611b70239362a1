import { type BibPattern, digitsOf, fitsPattern, fittingByChance, patternOf } from './bib-pattern.ts';
import type { EvidenceKind, FrameRead } from './scene.ts';
import { WEIGHTS } from './weights.ts';

export interface Support {
  probability: number;
  kind: Extract<EvidenceKind, 'bib' | 'partial-bib' | 'alternative-bib'>;
}

/** What one read says of who wears it: probabilities as if every runner were as likely before; the rest says nothing. */
export interface ReadSupport {
  read: FrameRead;
  pattern: BibPattern | null;
  byBib: Map<string, Support>;
  /** How many candidates fit the visible digits. */
  fitting: number;
  rest: number;
}

const leastRest = 1e-4;
/** Reads dropped for what they are, not for what cannot be seen of them, say nothing of a runner. */
const speaking = new Set<FrameRead['reason']>([
  undefined,
  'partial',
  'unsure',
  'duplicate',
  'not-in-start-list',
]);

/** Null when the read is no clue to a runner. */
export function supportOf(
  read: FrameRead,
  bibs: readonly string[],
  startListSize: number | null,
): ReadSupport | null {
  const pattern = patternOf(read);
  if (!pattern && !speaking.has(read.reason)) return null;
  const byBib = new Map<string, Support>();
  const fitting = pattern ? bibs.filter((bib) => fitsPattern(bib, pattern)) : [];
  if (pattern) {
    const among = Math.max(fitting.length, fittingByChance(pattern, startListSize ?? 0), 1);
    const share = (WEIGHTS.partialRight * trustIn(read)) / among;
    for (const bib of fitting) byBib.set(bib, { probability: share, kind: 'partial-bib' });
  } else addWhole(byBib, read, bibs);
  for (const { bib, probability } of read.alternatives ?? []) {
    if (probability > (byBib.get(bib)?.probability ?? 0))
      byBib.set(bib, { probability, kind: pattern ? 'partial-bib' : 'alternative-bib' });
  }
  const total = normalise(byBib);
  return { read, pattern, byBib, fitting: fitting.length, rest: Math.max(leastRest, 1 - total) };
}

/** Cut numbers are capped by their judge: half of the cap says nothing. */
function trustIn({ kind, confidence }: FrameRead): number {
  return kind === 'dropped' ? Math.max(0.5, Math.min(1, confidence * 2)) : 1;
}

function addWhole(byBib: Map<string, Support>, read: FrameRead, bibs: readonly string[]): void {
  const own = readProbability(read);
  byBib.set(read.bib, { probability: own, kind: 'bib' });
  const number = digitsOf(read.bib);
  const others = new Map<string, number>();
  for (const bib of bibs) {
    if (bib === read.bib) continue;
    const hidden = digitsOf(bib).length - number.length;
    if (hidden === 1 && digitsOf(bib).includes(number) && number.length > 1)
      others.set(bib, WEIGHTS.unseenDigit * own);
    else if (hidden === 0 && !read.alternatives && isOneDigitOff(digitsOf(bib), number))
      others.set(bib, ((1 - own) * WEIGHTS.misreadDigit) / (9 * number.length));
  }
  for (const [bib, probability] of others) byBib.set(bib, { probability, kind: 'alternative-bib' });
}

/** The engine's probability, corrected by what was right on labelled photos. */
export function readProbability({ confidence, kind }: Pick<FrameRead, 'confidence' | 'kind'>): number {
  const bounded = Math.min(0.9995, Math.max(0.0005, confidence));
  const odds = Math.log(bounded / (1 - bounded));
  const sure = kind === 'sure';
  const corrected = sure ? WEIGHTS.readSlope * odds + WEIGHTS.readConstant : odds;
  return Math.min(WEIGHTS.mostReadProbability, 1 / (1 + Math.exp(-corrected)));
}

function isOneDigitOff(a: string, b: string): boolean {
  let different = 0;
  for (let at = 0; at < a.length && different < 2; at++) if (a[at] !== b[at]) different += 1;
  return different === 1;
}

/** Gives the sum, at most what a read may claim. */
function normalise(byBib: Map<string, Support>): number {
  let total = 0;
  for (const { probability } of byBib.values()) total += probability;
  const most = WEIGHTS.mostReadProbability;
  if (total <= most) return total;
  for (const support of byBib.values()) support.probability *= most / total;
  return most;
}
