import { splitBursts } from '#domain/matching/burst.ts';
import type { Frame } from '#domain/weighing/scene.ts';
import {
  type Arrival,
  cameraTime,
  drawArrivals,
  drawCameras,
  drawShots,
  type SimulatedCamera,
} from './draw-cameras.ts';
import { type Before, detectPersons, drawPicture, type Pictured } from './draw-frame.ts';
import { type ListedNumbers, readPicture } from './draw-reads.ts';
import { drawField, type Field } from './draw-runners.ts';
import { drawPassages, type SimulatedPassage } from './draw-timing.ts';
import { PARAMETERS } from './event-parameters.ts';
import { randomFrom } from './random.ts';

export interface SimulatedFrame {
  frame: Frame;
  /** By the true clock, ms of the event. */
  trueMs: number;
  pictured: Pictured[];
}

export interface SimulatedSeries {
  camera: SimulatedCamera;
  bursts: SimulatedFrame[][];
}

export interface SimulatedEvent {
  field: Field;
  passages: SimulatedPassage[];
  series: SimulatedSeries[];
}

/** An event with everything that happened and everything that its cameras and chips tell of it. The same for the same seed. */
export function simulateEvent({ runners, seed }: { runners: number; seed: number }): SimulatedEvent {
  const random = randomFrom(seed);
  const field = drawField(runners, random.fork('field'));
  const passages = drawPassages(field, random.fork('timing'));
  const list = { bibs: field.startList, known: new Set(field.startList) };
  const cameras = drawCameras(random.fork('cameras'));
  const bySpot = new Map<number, Arrival[]>();
  const series = cameras.map((camera) => {
    const arrivals =
      bySpot.get(camera.spot) ?? drawArrivals(field, camera.spot, random.fork(`spot ${camera.spot}`));
    bySpot.set(camera.spot, arrivals);
    return {
      camera,
      bursts: asBursts(drawSeries({ camera, arrivals, list }, random.fork(camera.key)), camera.key),
    };
  });
  return { field, passages, series };
}

/** Every frame that a camera takes of these arrivals, in order. */
export function drawSeries(
  { camera, arrivals, list }: { camera: SimulatedCamera; arrivals: Arrival[]; list: ListedNumbers },
  random: ReturnType<typeof randomFrom>,
): SimulatedFrame[] {
  let count = 0;
  return drawShots(arrivals, camera, random.fork('shots')).flatMap((shots) => {
    const before: Before = new Map();
    const aim = random.normal(0, 0.6);
    return shots.map((trueMs) => {
      const shake = () => random.normal(0, PARAMETERS.cameraShake);
      const view = {
        atMs: trueMs,
        arrivals,
        aim: aim + 12 * shake() * PARAMETERS.lens.widthPerMetre,
        tilt: shake(),
      };
      const pictured = drawPicture(view, before, random);
      const frame: Frame = {
        photoId: `${camera.key}-${String(++count).padStart(5, '0')}`,
        cameraAtMs: cameraTime(camera, trueMs),
        atMs: null,
        persons: detectPersons(pictured, random),
        reads: readPicture(pictured, list, random),
        decisions: [],
      };
      return { frame, trueMs, pictured };
    });
  });
}

/** As the platform splits the photos of a camera, which knows nothing of when a finger was on the release. */
function asBursts(frames: readonly SimulatedFrame[], cameraKey: string): SimulatedFrame[][] {
  const shots = frames.map((one) => ({
    one,
    id: one.frame.photoId,
    cameraKey,
    takenAtMs: one.frame.cameraAtMs ?? 0,
  }));
  return splitBursts(shots).map((burst) => burst.map(({ one }) => one));
}
