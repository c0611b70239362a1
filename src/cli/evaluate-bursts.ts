import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { splitBursts } from '#domain/matching/burst.ts';
import type { Burst, Frame } from '#domain/weighing/scene.ts';
import { weighBurst } from '#domain/weighing/weigh-burst.ts';
import { bareNumber } from '#vision/bibs/start-list.ts';
import { createEnginePool } from '#vision/engine-pool.ts';
import { UsageError } from './command.ts';
import { drawStartList } from './draw-start-list.ts';
import type { Messages } from './messages.ts';
import { type PhotoResult, readPhotos } from './read-photos.ts';
import { neutralNumbers, type PhotoTruth } from './score-bibs.ts';
import { publishedFrom } from './simulate/score-attribution.ts';
import { truthSchema } from './truth-file.ts';

interface Gain {
  /** Bibs of `bibs` that are published, false alarms, and half hidden ones of `ignore` that become known by a neighbour. */
  published: number;
  wrong: number;
  halfHidden: number;
  /** Photo and bib of everything that is published. */
  names: string[];
}

/** Real photos in bursts: who is published photo by photo, and who with the frames around. Neither timing nor clothes of other places. */
export async function evaluateBursts(input: {
  folder: string;
  listSize: number;
  json: boolean;
  messages: Messages;
}): Promise<number> {
  const folder = resolve(input.folder);
  if (!(await stat(folder).catch(() => null))) {
    console.log(input.messages.noTruth(join(input.folder, 'truth.json')));
    return 0;
  }
  const truth = await readTruth(folder, input.messages);
  const startList = drawStartList([...new Set(truth.flatMap(({ bibs }) => bibs))], input.listSize);
  const pool = createEnginePool();
  const results = await readPhotos({
    pool,
    folder,
    files: truth.map(({ file }) => file),
    options: { bibs: { startList }, labels: true, crops: true },
    onResult: () => undefined,
  }).finally(() => pool.close());
  const bursts = inBursts(results, startList);
  const alone = bursts.flatMap((burst) => burst.frames.map((frame) => ({ ...burst, frames: [frame] })));
  const [single, together] = [gainOf(alone, truth), gainOf(bursts, truth)];
  const answer = {
    photos: results.length,
    bursts: bursts.filter(({ frames }) => frames.length > 1).length,
    photosInBursts: bursts.filter(({ frames }) => frames.length > 1).flatMap(({ frames }) => frames).length,
    wanted: truth.reduce((sum, { bibs }) => sum + new Set(bibs.map(bareNumber)).size, 0),
    alone: counts(single),
    withNeighbours: counts(together),
    onlyWithNeighbours: together.names.filter((name) => !single.names.includes(name)),
    onlyAlone: single.names.filter((name) => !together.names.includes(name)),
  };
  console.log(input.json ? JSON.stringify(answer) : answer);
  return 0;
}

async function readTruth(folder: string, messages: Messages): Promise<PhotoTruth[]> {
  const path = join(folder, 'truth.json');
  try {
    return truthSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UsageError(messages.noTruth(path), { cause: error });
  }
}

/** By camera and instant; a photo without an instant is alone. */
function inBursts(results: readonly PhotoResult[], startList: string[]): Burst[] {
  const listed = new Set(startList);
  const shots = results.flatMap(({ file, analysis }) => {
    if (!analysis) return [];
    const { takenAtLocal, make, model, bodySerial } = analysis.capture;
    const cameraAtMs = takenAtLocal ? Date.parse(`${takenAtLocal}Z`) : null;
    const reads = [...(analysis.bibs ?? []), ...(analysis.dropped ?? [])];
    const persons = analysis.persons ?? [];
    const frame: Frame = { photoId: file, cameraAtMs, atMs: null, reads, persons, decisions: [] };
    const cameraKey = cameraAtMs === null ? file : [make, model, bodySerial].join(' ');
    return [{ id: file, cameraKey, takenAtMs: cameraAtMs ?? 0, frame }];
  });
  return splitBursts(shots).map((burst) => {
    const frames = burst.map(({ frame }) => frame);
    const meant = frames.flatMap(({ reads }) =>
      reads.flatMap(({ bib, alternatives = [] }) => [bib, ...alternatives.map((other) => other.bib)]),
    );
    const candidates = [...new Set(meant)]
      .filter((bib) => listed.has(bib))
      .map((bib) => ({ bib, expected: null, seenIn: [] }));
    return { frames, candidates, timed: false, clockSpreadMs: null, startListSize: startList.length };
  });
}

function counts({ names: _, ...numbers }: Gain): Omit<Gain, 'names'> {
  return numbers;
}

function gainOf(bursts: readonly Burst[], truth: readonly PhotoTruth[]): Gain {
  const truthOf = new Map(truth.map((photo) => [photo.file, photo]));
  const gain: Gain = { published: 0, wrong: 0, halfHidden: 0, names: [] };
  for (const { photoId, bib, probability } of bursts.flatMap((burst) => weighBurst(burst))) {
    const photo = truthOf.get(photoId);
    if (!photo || probability < publishedFrom) continue;
    const number = bareNumber(bib);
    gain.names.push(`${photoId} ${bib}`);
    if (photo.bibs.map(bareNumber).includes(number)) gain.published += 1;
    else if (neutralNumbers(photo).has(number)) gain.halfHidden += 1;
    else gain.wrong += 1;
  }
  return gain;
}
