import { fitsPattern } from './bib-pattern.ts';
import { differentReads, readRatio } from './body-clues.ts';
import { clothingDistance, commonness } from './clothing-odds.ts';
import type { Body } from './frame-bodies.ts';
import { factorOf, type Heard } from './hear-neighbours.ts';
import type { Link } from './link-frames.ts';
import { clothesSay, clothingOf, type Scene, type Word } from './open-scene.ts';
import type { Runner } from './runners-before-lens.ts';
import type { Evidence } from './scene.ts';
import { seenBeside, toHundredths } from './tell-neighbour.ts';
import type { Unfound } from './unfound-bodies.ts';
import type { WeighedFrame } from './weigh-burst.ts';
import { WEIGHTS } from './weights.ts';

const leastTold = 0.1;

/**
 * Why a runner is, or is not, believed to be on a frame: the strongest clue first. Values are strings and numbers:
 * - `bib`: `seen` what was read, `confidence` 0..1, `read` sure or guess.
 * - `partial-bib`: `seen` as in 43…, …43 or 7?9, `side` first, last, middle or within, `fitting` candidates with such digits.
 * - `alternative-bib`: `seen` what was read, `probability` 0..1 that it was this bib.
 * - `start-list`: `listed` 0, `size` of the list. Of listed bibs nothing is said: the read's confidence has counted it.
 * - `timing`: `passage` 1 or 0 (timing does not know the runner here). With 1, `deltaSeconds` of the photo after the runner's
 *   passage, `windowSeconds` either way that count as now, `runnersInWindow` who pass then, and `fittingInWindow` of these who fit
 *   the digits seen (absent when none were).
 * - `neighbour`: `photoId`, `framesApart` (negative before), `secondsApart` when known, `seen` there if a number was, `read` sure,
 *   guess, dropped, confirmed (by a person) or none, `link` probability 0..1 that it is the same body.
 * - `clothing`: `distance` (CIE76) to the nearest of `sightings` where the bib was sure.
 * - `person`: `decision` confirmed or rejected.
 */
export function tellEvidence(
  scene: Scene,
  weighed: WeighedFrame,
  {
    column,
    row,
    word,
    hidden,
  }: { column: number; row: number | null; word: Word | undefined; hidden: Unfound | null },
): Evidence[] {
  const runner = scene.runners[column];
  if (!runner) return [];
  const told: Evidence[] = word ? [person(word)] : [];
  const { index } = weighed.seen;
  if (hidden) told.push(...ofUnfound(scene, index, { hidden, bib: runner.bib }));
  const body = row === null ? undefined : scene.bodies[index]?.[row];
  if (body && row !== null) {
    const links = scene.links[index]?.[row] ?? [];
    told.push(
      ...ofReads(scene, body, runner),
      ...(weighed.heard[row] ?? []).flatMap((heard, at, all) =>
        ofNeighbour(scene, weighed, { heard, factor: factorOf(all, at, column), column, runner }),
      ),
      ...ofClothing(scene, { body, links, runner }),
      ...ofTiming(scene, weighed, { column, row, runner, body }),
    );
  }
  if (!runner.listed) {
    const size = scene.burst.startListSize ?? 0;
    told.push({
      kind: 'start-list',
      weight: toHundredths(Math.log(WEIGHTS.unlistedBib)),
      values: { listed: 0, size },
    });
  }
  return told
    .filter(({ weight }) => Math.abs(weight) >= leastTold)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

/** Of whom no body was found here, but around. */
function ofUnfound(
  scene: Scene,
  index: number,
  { hidden, bib }: { hidden: Unfound; bib: string },
): Evidence[] {
  const { probability, from, link } = hidden;
  const weight = Math.log(Math.max(leastRatio, probability) / Math.max(leastRatio, 1 - probability));
  const values = seenBeside(scene, index, { ...from, bib, link });
  return values ? [{ kind: 'neighbour', weight: toHundredths(weight), values }] : [];
}

function person(decision: Word): Evidence {
  const weight = decision === 'confirmed' ? WEIGHTS.personWord : -WEIGHTS.personWord;
  return { kind: 'person', weight, values: { decision } };
}

function ofReads(scene: Scene, { reads }: Body, { bib }: Runner): Evidence[] {
  return differentReads(reads).flatMap((support, at): Evidence[] => {
    const { read, pattern, fitting, byBib } = support;
    const told = byBib.get(bib);
    if (!told) return [];
    const weight = toHundredths(
      WEIGHTS.laterRead ** at * Math.log(readRatio(support, bib, scene.population)),
    );
    const seen = pattern?.seen ?? read.bib;
    if (told.kind === 'partial-bib' && pattern)
      return [{ kind: told.kind, weight, values: { seen, side: pattern.side, fitting } }];
    if (told.kind === 'bib')
      return [
        { kind: 'bib', weight, values: { seen, confidence: toHundredths(read.confidence), read: read.kind } },
      ];
    return [
      { kind: 'alternative-bib', weight, values: { seen, probability: toHundredths(told.probability) } },
    ];
  });
}

const leastNamed = 0.5;
/** Log-odds from which a frame is told although the runner is rather somebody else there: else nothing would say why. */
const strongClue = 1;

/** The body of another frame that is most likely the same and this runner. */
function ofNeighbour(
  scene: Scene,
  { seen: { index }, all }: WeighedFrame,
  { heard, factor, column, runner }: { heard: Heard; factor: number; column: number; runner: Runner },
): Evidence[] {
  const columns = scene.runners.length;
  const named = (link: Link) =>
    (all[heard.frame]?.pairs[link.body * columns + column] ?? 0) * link.probability;
  const link = heard.links.toSorted((a, b) => named(b) - named(a))[0];
  const pair = link ? (all[heard.frame]?.pairs[link.body * columns + column] ?? 0) : 0;
  const weight = toHundredths(Math.log(Math.max(leastRatio, factor)));
  if (!link || (pair < leastNamed && weight < strongClue)) return [];
  const there = { frame: heard.frame, row: link.body, bib: runner.bib, link: link.probability };
  const values = seenBeside(scene, index, there);
  return values ? [{ kind: 'neighbour', weight, values }] : [];
}

const leastRatio = 1e-6;

function ofClothing(
  scene: Scene,
  { body, links, runner }: { body: Body; links: Parameters<typeof clothingOf>[2]; runner: Runner },
): Evidence[] {
  const { worn } = runner;
  if (!worn) return [];
  const clothing = clothingOf(scene, body, links);
  if (!clothing) return [];
  const own = { upper: clothing.upper.mean, lower: clothing.lower?.mean ?? null };
  const distance = Math.min(...runner.seenIn.map((other) => clothingDistance(own, other)));
  return [
    {
      kind: 'clothing',
      weight: toHundredths(
        Math.log(clothesSay(scene, clothing, { worn, common: commonness(clothing, scene.crowd) })),
      ),
      values: { distance: Math.round(distance), sightings: runner.seenIn.length },
    },
  ];
}

function ofTiming(
  scene: Scene,
  { seen: { frame, before, timing } }: WeighedFrame,
  { column, row, runner, body }: { column: number; row: number; runner: Runner; body: Body },
): Evidence[] {
  const { atMs } = frame;
  if (!before.timed || atMs === null || !runner.listed) return [];
  const weight = toHundredths(Math.log((timing[row]?.[column] ?? 0) / before.anybody));
  const nearest = runner.expected.toSorted((a, b) => Math.abs(atMs - a.atMs) - Math.abs(atMs - b.atMs))[0];
  if (!nearest) return [{ kind: 'timing', weight, values: { passage: 0 } }];
  const ahead = scene.aheadOf(body);
  const deviation = Math.hypot(nearest.spreadMs, ahead.deviationMs, ahead.aheadMs / 2);
  const windowSeconds = Math.ceil((2 * deviation) / 1000);
  const inWindow = scene.runners.filter(({ expected }) =>
    expected.some((passage) => Math.abs(passage.atMs - atMs) <= windowSeconds * 1000),
  );
  const pattern = body.reads.find((support) => support.pattern && support.byBib.has(runner.bib))?.pattern;
  const values = {
    passage: 1,
    deltaSeconds: toHundredths((atMs - nearest.atMs) / 1000),
    windowSeconds,
    runnersInWindow: inWindow.length,
  };
  const fitting: Evidence['values'] = pattern
    ? { fittingInWindow: inWindow.filter(({ bib }) => fitsPattern(bib, pattern)).length }
    : {};
  return [{ kind: 'timing', weight, values: { ...values, ...fitting } }];
}
