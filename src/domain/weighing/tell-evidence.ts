import { fitsPattern } from './bib-pattern.ts';
import { type Clue, clueRatio } from './body-clues.ts';
import { clothingDistance } from './clothing-odds.ts';
import type { Body } from './frame-bodies.ts';
import type { ReadSupport } from './read-support.ts';
import type { Runner } from './runners-before-lens.ts';
import type { Evidence } from './scene.ts';
import { clothesSay, clothingOf, type FrameOdds, type Scene, type Word } from './weigh-burst.ts';
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
 * - `neighbour`: `photoId`, `framesApart` (negative before), `secondsApart` when known, `seen` there, `read` sure, guess,
 *   dropped or confirmed (by a person), `link` probability 0..1 that it is the same body.
 * - `clothing`: `distance` (CIE76) to the nearest of `sightings` where the bib was sure.
 * - `person`: `decision` confirmed or rejected.
 */
export function tellEvidence(
  scene: Scene,
  weighed: FrameOdds,
  { column, row, word }: { column: number; row: number | null; word: Word | undefined },
): Evidence[] {
  const runner = scene.runners[column];
  if (!runner) return [];
  const told: Evidence[] = word ? [person(word)] : [];
  const body = row === null ? undefined : scene.bodies[weighed.index]?.[row];
  if (body && row !== null) {
    const clues = weighed.clues[row] ?? [];
    told.push(
      ...clues.flatMap((clue) => ofClue(scene, weighed, { clue, runner })),
      ...ofClothing(scene, { body, links: scene.links[weighed.index]?.[row] ?? [], runner }),
    );
    told.push(...ofTiming(scene, weighed, { column, row, runner, clues }));
  }
  if (!runner.listed) {
    const size = scene.burst.startListSize ?? 0;
    told.push({
      kind: 'start-list',
      weight: round(Math.log(WEIGHTS.unlistedBib)),
      values: { listed: 0, size },
    });
  }
  return told
    .filter(({ weight }) => Math.abs(weight) >= leastTold)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function person(decision: Word): Evidence {
  const weight = decision === 'confirmed' ? WEIGHTS.personWord : -WEIGHTS.personWord;
  return { kind: 'person', weight, values: { decision } };
}

function ofClue(
  scene: Scene,
  { frame, index }: FrameOdds,
  { clue, runner }: { clue: Clue; runner: Runner },
): Evidence[] {
  const { support } = clue;
  const told = support.byBib.get(runner.bib);
  if (!told) return [];
  const weight = round(clue.worth * Math.log(clueRatio(clue, runner.bib, scene.population)));
  if (clue.frame !== null) {
    const other = scene.burst.frames[clue.frame];
    const seconds: Evidence['values'] =
      other?.cameraAtMs == null || frame.cameraAtMs === null
        ? {}
        : { secondsApart: round((other.cameraAtMs - frame.cameraAtMs) / 1000) };
    const values = { photoId: other?.photoId ?? '', framesApart: clue.frame - index, ...seconds };
    const seen = { seen: seenOf(support, runner), read: support.read?.kind ?? 'confirmed' };
    return [{ kind: 'neighbour', weight, values: { ...values, ...seen, link: round(clue.link) } }];
  }
  const { read, pattern, fitting } = support;
  if (!read) return [];
  const seen = pattern?.seen ?? read.bib;
  if (told.kind === 'partial-bib' && pattern)
    return [{ kind: told.kind, weight, values: { seen, side: pattern.side, fitting } }];
  if (told.kind === 'bib')
    return [{ kind: 'bib', weight, values: { seen, confidence: round(read.confidence), read: read.kind } }];
  return [{ kind: 'alternative-bib', weight, values: { seen, probability: round(told.probability) } }];
}

function seenOf({ pattern, read }: ReadSupport, runner: Runner): string {
  return pattern?.seen ?? read?.bib ?? runner.bib;
}

function ofClothing(
  scene: Scene,
  { body, links, runner }: { body: Body; links: Parameters<typeof clothingOf>[2]; runner: Runner },
): Evidence[] {
  if (runner.seenIn.length === 0) return [];
  const clothing = clothingOf(scene, body, links);
  if (!clothing) return [];
  const distance = Math.min(...runner.seenIn.map((worn) => clothingDistance(clothing, worn)));
  return [
    {
      kind: 'clothing',
      weight: round(Math.log(clothesSay(scene, clothing, runner))),
      values: { distance: Math.round(distance), sightings: runner.seenIn.length },
    },
  ];
}

function ofTiming(
  scene: Scene,
  { frame, before, prior, index }: FrameOdds,
  { column, row, runner, clues }: { column: number; row: number; runner: Runner; clues: readonly Clue[] },
): Evidence[] {
  const { atMs } = frame;
  if (!before.timed || atMs === null || !runner.listed) return [];
  const weight = round(Math.log((prior[row]?.[column] ?? 0) / before.anybody));
  const nearest = runner.expected.toSorted((a, b) => Math.abs(atMs - a.atMs) - Math.abs(atMs - b.atMs))[0];
  if (!nearest) return [{ kind: 'timing', weight, values: { passage: 0 } }];
  const body = scene.bodies[index]?.[row];
  const lead = body ? scene.leadOf(body) : { leadMs: 0, deviationMs: 0 };
  const deviation = Math.hypot(nearest.spreadMs, lead.deviationMs, lead.leadMs / 2);
  const windowSeconds = Math.ceil((2 * deviation) / 1000);
  const inWindow = scene.runners.filter(({ expected }) =>
    expected.some((passage) => Math.abs(passage.atMs - atMs) <= windowSeconds * 1000),
  );
  const pattern = clues.find(({ support }) => support.pattern && support.byBib.has(runner.bib))?.support
    .pattern;
  const values = {
    passage: 1,
    deltaSeconds: round((atMs - nearest.atMs) / 1000),
    windowSeconds,
    runnersInWindow: inWindow.length,
  };
  const fitting: Evidence['values'] = pattern
    ? { fittingInWindow: inWindow.filter(({ bib }) => fitsPattern(bib, pattern)).length }
    : {};
  return [{ kind: 'timing', weight, values: { ...values, ...fitting } }];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
