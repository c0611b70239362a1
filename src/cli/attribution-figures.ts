import { learnTrust } from '#domain/weighing/learn-trust.ts';
import { weighBurst } from '#domain/weighing/weigh-burst.ts';
import { type Calibration, type Claim, calibrationOf } from './calibration.ts';
import { SPOTS } from './simulate/draw-cameras.ts';
import {
  type Ablation,
  burstsOf,
  type ReadyEvent,
  readyEvent,
  type SolvedCamera,
} from './simulate/gather-bursts.ts';
import {
  type CurvePoint,
  countPhoto,
  curveOf,
  newTally,
  precisionOf,
  publishedFrom,
  recallOf,
  type Tally,
} from './simulate/score-attribution.ts';
import { type SimulatedFrame, simulateEvent } from './simulate/simulate-event.ts';

export const ablations = ['full', 'no-timing', 'no-bursts', 'no-start-list'] as const satisfies Ablation[];

export interface Figures {
  precision: number;
  recall: number;
  expectedCalibrationError: number;
}

/** One simulated event, weighed with everything and without parts of it. */
export interface EventFigures {
  byAblation: Record<Ablation, Figures>;
  bibsAlone: { precision: number; recall: number; threshold: number };
  /** Of `full`, at other thresholds. */
  curve: CurvePoint[];
  /** Of `full`, where the camera stands at a checkpoint. */
  atCheckpoints: Figures;
  /** Of cameras with 20 sure reads and more: at timed places, and between them. */
  clocks: { timed: boolean; within: boolean }[];
  photos: number;
  photosWeighed: number;
  cpuMsPerPhoto: number;
  claims: Claim[];
}

/** Of a larger event bursts are weighed at even steps, about so many photos. */
const mostPhotos = 2_100;
const mostTrustBursts = 80;
const leastSureReads = 20;
const halfSecondMs = 500;

export function eventFigures({ runners, seed }: { runners: number; seed: number }): EventFigures {
  const ready = readyEvent(simulateEvent({ runners, seed }));
  const photos = ready.cameras.reduce((sum, { series }) => sum + series.bursts.flat().length, 0);
  const every = Math.max(1, Math.ceil(photos / mostPhotos));
  const tallies = ablations.map((ablation) => ({ ablation, ...weighEvent(ready, { ablation, every }) }));
  const full = tallies[0];
  return {
    byAblation: {
      full: figuresOf(tallies[0]?.tally),
      'no-timing': figuresOf(tallies[1]?.tally),
      'no-bursts': figuresOf(tallies[2]?.tally),
      'no-start-list': figuresOf(tallies[3]?.tally),
    },
    bibsAlone: bibsAlone(ready, every),
    curve: curveOf(full?.tally ?? newTally()),
    atCheckpoints: figuresOf(full?.atCheckpoints),
    clocks: ready.cameras.flatMap(clockOf),
    photos,
    photosWeighed: full?.tally.photos ?? 0,
    cpuMsPerPhoto: full?.cpuMsPerPhoto ?? 0,
    claims: full?.tally.claims ?? [],
  };
}

function figuresOf(tally: Tally = newTally()): Figures {
  const { expectedCalibrationError } = calibrationOf(tally.claims);
  return { precision: precisionOf(tally), recall: recallOf(tally), expectedCalibrationError };
}

function weighEvent(
  ready: ReadyEvent,
  { ablation, every }: { ablation: Ablation; every: number },
): { tally: Tally; atCheckpoints: Tally; cpuMsPerPhoto: number } {
  const tally = newTally();
  const atCheckpoints = newTally();
  const trust = learnTrust(
    ready.cameras.flatMap((camera) => {
      const { bursts } = camera.series;
      const step = Math.max(1, Math.floor(bursts.length / mostTrustBursts));
      return bursts
        .filter((_, index) => index % step === 0)
        .flatMap((shots) => burstsOf(ready, camera, { shots, ablation }));
    }),
  );
  let cpuMs = 0;
  for (const { camera, shots } of sampled(ready, every)) {
    const shotOf = new Map(shots.map((shot) => [shot.frame.photoId, shot]));
    for (const burst of burstsOf(ready, camera, { shots, ablation })) {
      const before = process.cpuUsage();
      const weighed = Map.groupBy(weighBurst(burst, trust), ({ photoId }) => photoId);
      const { user, system } = process.cpuUsage(before);
      cpuMs += (user + system) / 1000;
      for (const { photoId } of burst.frames) {
        const shot = shotOf.get(photoId);
        if (!shot) continue;
        countPhoto(tally, shot, weighed.get(photoId) ?? []);
        if (isTimed(camera)) countPhoto(atCheckpoints, shot, weighed.get(photoId) ?? []);
      }
    }
  }
  return { tally, atCheckpoints, cpuMsPerPhoto: cpuMs / Math.max(1, tally.photos) };
}

function sampled(
  { cameras }: ReadyEvent,
  every: number,
): { camera: SolvedCamera; shots: SimulatedFrame[] }[] {
  return cameras.flatMap((camera) =>
    camera.series.bursts.filter((_, index) => index % every === 0).map((shots) => ({ camera, shots })),
  );
}

/** What reads say without anything else, at the threshold where precision and recall are best together (F1). */
function bibsAlone(ready: ReadyEvent, every: number): EventFigures['bibsAlone'] {
  const thresholds = [0.05, 0.2, 0.4, 0.5, 0.7, 0.85, 0.95, 0.99];
  const shots = sampled(ready, every).flatMap((one) => one.shots);
  const answers = thresholds.map((threshold) => {
    const tally = newTally();
    for (const shot of shots) {
      const best = new Map<string, number>();
      for (const { bib, kind, confidence } of shot.frame.reads)
        if (kind !== 'dropped') best.set(bib, Math.max(confidence, best.get(bib) ?? 0));
      const named = [...best].map(([bib, probability]) => ({ bib, probability }));
      countPhoto(tally, shot, named, threshold);
    }
    return { precision: precisionOf(tally), recall: recallOf(tally), threshold };
  });
  const f1 = ({ precision, recall }: { precision: number; recall: number }) =>
    (2 * precision * recall) / Math.max(1e-9, precision + recall);
  return (
    answers.toSorted((a, b) => f1(b) - f1(a))[0] ?? { precision: 0, recall: 0, threshold: publishedFrom }
  );
}

function clockOf({ series, sureReads, errorMs }: SolvedCamera): EventFigures['clocks'] {
  if (sureReads < leastSureReads) return [];
  return [{ timed: isTimed({ series }), within: errorMs !== null && Math.abs(errorMs) <= halfSecondMs }];
}

function isTimed({ series }: Pick<SolvedCamera, 'series'>): boolean {
  return SPOTS[series.camera.spot]?.timed ?? false;
}

export function calibrationOfAll(events: readonly EventFigures[]): Calibration {
  return calibrationOf(events.flatMap(({ claims }) => claims));
}
