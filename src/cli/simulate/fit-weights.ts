import type { Burst } from '#domain/weighing/scene.ts';
import { fullTrust, weighBurst } from '#domain/weighing/weigh-burst.ts';
import { WEIGHTS } from '#domain/weighing/weights.ts';
import { burstsOf, readyEvent } from './gather-bursts.ts';
import { whoIsOn } from './score-attribution.ts';
import { type SimulatedFrame, simulateEvent } from './simulate-event.ts';

interface Sample {
  burst: Burst;
  shots: Map<string, SimulatedFrame>;
}

export interface FittedWeights {
  weights: Record<string, number>;
  /** Mean over photos of the log-likelihood lost on who is there and who is not, before and after. */
  loss: [number, number];
  photos: number;
}

/** Of these, one at a time, a little more and a little less is tried. */
const fitted = [
  'bystanders',
  'nobody',
  'visibleSeconds',
  'mostVisible',
  'passageGap',
  'passageOutlier',
  'laterRead',
  'clothingLight',
  'clothingGross',
  'clothingLower',
  'clothingChanged',
  'motionShake',
  'motionPerSecond',
  'growthShake',
  'paceSpread',
  'cutBody',
  'guessedBody',
  'lostNextFrame',
  'lostPerSecond',
  'unlistedWearer',
] as const;
const most: Partial<Record<(typeof fitted)[number], number>> = {
  laterRead: 1,
  mostVisible: 0.95,
  lostNextFrame: 0.6,
};
const factors = [1.35, 1 / 1.35];
/** Seeds of their own: no event of a report was ever fitted on. */
const seeds = [901, 902];
const photosPerEvent = 130;
const rounds = 2;
const doubt = 0.002;
/** What it counts that somebody who is wanted is not named at all. */
const unnamed = 0.01;

/** Weights that make the truth of simulated events likeliest: coordinate descent on the log loss. Changes `WEIGHTS` in place. */
export function fitWeights({
  sizes,
  tell,
}: {
  sizes: readonly number[];
  tell: (line: string) => void;
}): FittedWeights {
  const samples = sizes.flatMap((runners) => seeds.flatMap((seed) => sampleEvent(runners, seed)));
  const before = lossOf(samples);
  let best = before;
  for (let round = 0; round < rounds; round++) {
    for (const name of fitted) {
      for (const factor of factors) {
        const kept = WEIGHTS[name];
        WEIGHTS[name] = Math.min(most[name] ?? Number.POSITIVE_INFINITY, kept * factor);
        const loss = lossOf(samples);
        if (loss < best) {
          best = loss;
          tell(`${name} ${WEIGHTS[name].toPrecision(3)}: ${best.toFixed(4)}`);
          break;
        }
        WEIGHTS[name] = kept;
      }
    }
  }
  const weights = Object.fromEntries(fitted.map((name) => [name, Number(WEIGHTS[name].toPrecision(3))]));
  const photos = samples.reduce((sum, { burst }) => sum + burst.frames.length, 0);
  return { weights, loss: [before, best], photos };
}

function sampleEvent(runners: number, seed: number): Sample[] {
  const ready = readyEvent(simulateEvent({ runners, seed }));
  const photos = ready.cameras.reduce((sum, { series }) => sum + series.bursts.flat().length, 0);
  const every = Math.max(1, Math.round(photos / photosPerEvent));
  return ready.cameras.flatMap((camera) =>
    camera.series.bursts
      .filter((_, index) => index % every === 0)
      .flatMap((shots) =>
        burstsOf(ready, camera, { shots, ablation: 'full' }).map((burst) => ({
          burst,
          shots: new Map(shots.map((shot) => [shot.frame.photoId, shot])),
        })),
      ),
  );
}

/** Log loss over everybody who is named or wanted. */
function lossOf(samples: readonly Sample[]): number {
  let loss = 0;
  let photos = 0;
  for (const { burst, shots } of samples) {
    photos += burst.frames.length;
    const named = Map.groupBy(weighBurst(burst, fullTrust), ({ photoId }) => photoId);
    for (const [photoId, { pictured }] of shots) {
      const { visible, wanted: missing } = whoIsOn(pictured);
      for (const { bib, probability } of named.get(photoId) ?? []) {
        const bounded = Math.min(1 - doubt, Math.max(doubt, probability));
        loss -= Math.log(visible.has(bib) ? bounded : 1 - bounded);
        missing.delete(bib);
      }
      loss -= missing.size * Math.log(unnamed);
    }
  }
  return loss / Math.max(1, photos);
}
