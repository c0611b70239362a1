import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import {
  ablations,
  calibrationOfAll,
  type EventFigures,
  eventFigures,
  type Figures,
} from './attribution-figures.ts';
import { calibrationDiagram } from './calibration-diagram.ts';
import { UsageError } from './command.ts';
import { fitWeights } from './simulate/fit-weights.ts';
import type { CurvePoint } from './simulate/score-attribution.ts';

export interface EvaluateAttributionOptions {
  sizes: number[];
  /** How many events of each size; seeds 1, 2, 3… */
  seeds: number;
  out: string | undefined;
  json: boolean;
}

interface SizeFigures extends Record<(typeof ablations)[number], Figures> {
  'bibs-alone': { precision: number; recall: number; threshold: number };
  /** Of `full`, at other thresholds of publication. */
  curve: CurvePoint[];
  /** Of `full`, cameras at checkpoints only: the others stand where timing must guess. */
  atCheckpoints: Figures;
  clockWithinHalfSecond: number;
  clockWithinHalfSecondBetweenCheckpoints: number;
  photos: number;
  photosWeighed: number;
  cpuMsPerPhoto: number;
}

const mostRunners = 60_000;
const mostSeeds = 50;

/** Reads 300,3000,20000 and so on. */
export function sizesOf(given: string | undefined): number[] {
  const sizes = (given ?? '300,3000,20000').split(',').map(Number);
  if (sizes.some((size) => !Number.isInteger(size) || size < 20 || size > mostRunners))
    throw new UsageError(`--sizes 20..${mostRunners}`);
  return sizes;
}

export function seedsOf(given: string | undefined): number {
  const seeds = Number(given ?? 5);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > mostSeeds)
    throw new UsageError(`--seeds 1..${mostSeeds}`);
  return seeds;
}

/** Weighs simulated events whose truth is known, with everything and without parts, and prints how right it was. */
export async function evaluateAttribution(options: EvaluateAttributionOptions): Promise<number> {
  const all: EventFigures[] = [];
  const sizes: Record<string, SizeFigures> = {};
  for (const runners of options.sizes) {
    const events: EventFigures[] = [];
    for (let seed = 1; seed <= options.seeds; seed++) {
      events.push(eventFigures({ runners, seed }));
      console.error(`${runners} runners, seed ${seed}/${options.seeds}`);
    }
    sizes[runners] = together(events);
    all.push(...events);
  }
  const calibration = calibrationOfAll(all);
  const path = await writeDiagram(options.out, calibration);
  const list = Object.values(sizes);
  const mean = (of: (figures: SizeFigures) => number) => round(average(list.map(of)));
  const answer = {
    precision: mean(({ full }) => full.precision),
    recall: mean(({ full }) => full.recall),
    expectedCalibrationError: mean(({ full }) => full.expectedCalibrationError),
    clockWithinHalfSecond: mean(({ clockWithinHalfSecond }) => clockWithinHalfSecond),
    simulated: true,
    seeds: options.seeds,
    sizes,
    costExponent: exponentOf(list),
    calibration,
  };
  if (options.json) console.log(JSON.stringify(answer));
  else print(answer, path);
  return 0;
}

/** Prints the weights that suit simulated events of other seeds best; changes no file. */
export function fitAttribution(sizes: number[]): number {
  console.log(JSON.stringify(fitWeights({ sizes, tell: (line) => console.error(line) })));
  return 0;
}

function together(events: readonly EventFigures[]): SizeFigures {
  const mean = (of: (event: EventFigures) => number) => round(average(events.map(of)));
  const meanOf = (of: (event: EventFigures) => Figures): Figures => ({
    precision: mean((event) => of(event).precision),
    recall: mean((event) => of(event).recall),
    expectedCalibrationError: mean((event) => of(event).expectedCalibrationError),
  });
  const figures = (name: (typeof ablations)[number]) => meanOf(({ byAblation }) => byAblation[name]);
  const clocks = events.flatMap((event) => event.clocks);
  const within = (timed: boolean) =>
    round(average(clocks.filter((clock) => clock.timed === timed).map((clock) => Number(clock.within))));
  return {
    full: figures('full'),
    'no-timing': figures('no-timing'),
    'no-bursts': figures('no-bursts'),
    'no-start-list': figures('no-start-list'),
    'bibs-alone': {
      precision: mean(({ bibsAlone }) => bibsAlone.precision),
      recall: mean(({ bibsAlone }) => bibsAlone.recall),
      threshold: mean(({ bibsAlone }) => bibsAlone.threshold),
    },
    curve: (events[0]?.curve ?? []).map(({ threshold }, at) => ({
      threshold,
      precision: mean(({ curve }) => curve[at]?.precision ?? 0),
      recall: mean(({ curve }) => curve[at]?.recall ?? 0),
    })),
    atCheckpoints: meanOf(({ atCheckpoints }) => atCheckpoints),
    clockWithinHalfSecond: within(true),
    clockWithinHalfSecondBetweenCheckpoints: within(false),
    photos: mean(({ photos }) => photos),
    photosWeighed: mean(({ photosWeighed }) => photosWeighed),
    cpuMsPerPhoto: mean(({ cpuMsPerPhoto }) => cpuMsPerPhoto),
  };
}

/** By which power of the number of photos the cost of weighing a whole event grows, from the smallest size to the largest. */
function exponentOf(sizes: readonly SizeFigures[]): number | null {
  const [small, large] = [sizes[0], sizes.at(-1)];
  if (!small || !large || small.photos === large.photos) return null;
  const cost = ({ cpuMsPerPhoto, photos }: SizeFigures) => Math.log(cpuMsPerPhoto * photos);
  return round((cost(large) - cost(small)) / Math.log(large.photos / small.photos));
}

async function writeDiagram(
  given: string | undefined,
  calibration: ReturnType<typeof calibrationOfAll>,
): Promise<string> {
  const out = resolve(given ?? 'out');
  await mkdir(out, { recursive: true });
  const path = join(out, 'attribution-calibration.svg');
  await writeFile(path, calibrationDiagram(calibration, 'simulated events'));
  console.error(relative(process.cwd(), path));
  return path;
}

function print(
  answer: { sizes: Record<string, SizeFigures>; costExponent: number | null },
  path: string,
): void {
  for (const [runners, figures] of Object.entries(answer.sizes)) {
    console.log(
      `\n${runners} runners (simulated), ${figures.photos} photos, ${figures.cpuMsPerPhoto} CPU ms/photo`,
    );
    for (const name of ablations) {
      const { precision, recall, expectedCalibrationError } = figures[name];
      const line = `precision ${percent(precision)}  recall ${percent(recall)}  ECE ${expectedCalibrationError.toFixed(3)}`;
      console.log(`  ${name.padEnd(14)} ${line}`);
    }
    const exact = figures.curve.findLast((point) => point.precision >= 0.99);
    if (exact) console.log(`  precision 99 %: recall ${percent(exact.recall)} from ${exact.threshold}`);
    console.log(`  full, at checkpoints: recall ${percent(figures.atCheckpoints.recall)}`);
    const { precision, recall, threshold } = figures['bibs-alone'];
    console.log(
      `  bibs alone     precision ${percent(precision)}  recall ${percent(recall)}  from ${threshold}`,
    );
    console.log(`  clocks within half a second ${percent(figures.clockWithinHalfSecond)}`);
    console.log(`  between checkpoints ${percent(figures.clockWithinHalfSecondBetweenCheckpoints)}`);
  }
  console.log(`\ncost grows with photos^${answer.costExponent ?? '-'}  ${relative(process.cwd(), path)}`);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
