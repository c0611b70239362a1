import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { clusterFaces } from '#vision/faces/cluster-faces.ts';
import { unpackDescriptor } from '#vision/faces/compare-faces.ts';
import { describeSelfie } from '#vision/faces/describe-selfie.ts';
import { detectFaces, findFaceBoxes } from '#vision/faces/detect-faces.ts';
import type { FaceFinding } from '#vision/findings.ts';
import { decodePhoto } from '#vision/pixels/decode-photo.ts';
import { halfOf } from './bib-figures.ts';
import { UsageError } from './command.ts';
import type { Messages } from './messages.ts';
import {
  type DetectionScore,
  type LabelledFaces,
  type Portrait,
  type RecognitionScore,
  scoreClusters,
  scoreDetection,
  scoreRecognition,
} from './score-faces.ts';

/** One wrong pair of strangers in a thousand. */
const falseAcceptRate = 1e-3;
const facesOfUsualPhoto = 5;
/** Labels are in pixels of the photo scaled to this long side. */
const labelledLongSidePx = 1600;

const portraitSchema = z.array(z.object({ file: z.string(), person: z.string(), set: z.string() })).min(1);
const boxSchema = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });
const detectionSchema = z.record(z.string(), z.object({ faces: z.array(boxSchema), unseen: z.int() }));

interface LookedAt extends LabelledFaces {
  file: string;
  found: { x: number; y: number; w: number; h: number }[];
  described: FaceFinding[];
  findingCpuSeconds: number;
  wholeCpuSeconds: number;
}
type SeenPortrait = Portrait & { file: string; set: string };

export interface FaceFigures {
  detection: (DetectionScore & { photos: number; halves: DetectionScore[] }) | null;
  recognition: Record<string, RecognitionScore>;
  clusters: ReturnType<typeof scoreClusters>;
  /** Per photo with five faces, decoding left out. */
  cpuSecondsPerPhoto: number | null;
}

/** Measures the face engine on `<folder>/truth.json` (portraits) and each `<folder>/detection-<set>.json`, whose photos lie
 *  in `<folder>/../bibs/<set>`. Prints the figures. */
export async function evaluateFaces(input: {
  folder: string;
  json: boolean;
  messages: Messages;
}): Promise<number> {
  const folder = resolve(input.folder);
  const portraits = await readPortraits(folder, input.messages);
  const photos = await lookAtPhotos(folder);
  const figures = figuresOf(portraits, photos);
  if (input.json) console.log(JSON.stringify(figures));
  else print(figures);
  return 0;
}

async function readPortraits(folder: string, messages: Messages): Promise<SeenPortrait[]> {
  const path = join(folder, 'truth.json');
  const truth = await readFile(path, 'utf8')
    .then((text) => portraitSchema.parse(JSON.parse(text)))
    .catch((error: unknown) => {
      throw new UsageError(messages.noTruth(path), { cause: error });
    });
  const seen: SeenPortrait[] = [];
  for (const { file, person, set } of truth) {
    const selfie = await describeSelfie(await readFile(join(folder, file)));
    seen.push({ file, person, set, descriptor: selfie.found ? unpackDescriptor(selfie.descriptor) : null });
  }
  return seen;
}

async function lookAtPhotos(folder: string): Promise<LookedAt[]> {
  const photos: LookedAt[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const set = /^detection-(.+)\.json$/.exec(name)?.[1];
    if (!set) continue;
    const labels = detectionSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
    for (const [file, labelled] of Object.entries(labels)) {
      photos.push(await lookAtPhoto(file, join(folder, '../bibs', set, file), labelled));
    }
  }
  return photos;
}

async function lookAtPhoto(file: string, path: string, labelled: LabelledFaces): Promise<LookedAt> {
  const { pixels, widthPx } = await decodePhoto(await readFile(path));
  const scale = labelledLongSidePx / Math.max(pixels.widthPx, pixels.heightPx);
  // The first use of a model opens it, which is no cost of the photo.
  await detectFaces(pixels, widthPx);
  const finding = await measureCpu(() => findFaceBoxes(pixels));
  const whole = await measureCpu(() => detectFaces(pixels, widthPx));
  return {
    file,
    ...labelled,
    found: finding.result.map(({ x, y, w, h }) => ({
      x: x * scale,
      y: y * scale,
      w: w * scale,
      h: h * scale,
    })),
    described: whole.result,
    findingCpuSeconds: finding.cpuSeconds,
    wholeCpuSeconds: whole.cpuSeconds,
  };
}

async function measureCpu<T>(run: () => Promise<T>): Promise<{ result: T; cpuSeconds: number }> {
  const start = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(start);
  return { result, cpuSeconds: (user + system) / 1e6 };
}

function figuresOf(portraits: SeenPortrait[], photos: LookedAt[]): FaceFigures {
  const sets = Object.groupBy(portraits, ({ set }) => set);
  const recognition = Object.fromEntries(
    [...Object.entries(sets), ['all', portraits] as const].map(([set, members = []]) => [
      set,
      scoreRecognition(members, falseAcceptRate),
    ]),
  );
  const described = portraits.flatMap(({ file, descriptor }) =>
    descriptor ? [{ id: file, descriptor }] : [],
  );
  const clusters = clusterFaces([], described).map(({ faceIds }) => faceIds);
  const half = (number: 0 | 1) => scoreDetection(photos.filter(({ file }) => halfOf(file) === number));
  return {
    detection:
      photos.length === 0
        ? null
        : { ...scoreDetection(photos), photos: photos.length, halves: [half(0), half(1)] },
    recognition,
    clusters: scoreClusters(clusters, new Map(portraits.map(({ file, person }) => [file, person]))),
    cpuSecondsPerPhoto: cpuOfUsualPhoto(photos),
  };
}

function cpuOfUsualPhoto(photos: LookedAt[]): number | null {
  const faces = sum(photos.map(({ described }) => described.length));
  if (faces === 0) return null;
  const finding = sum(photos.map(({ findingCpuSeconds }) => findingCpuSeconds));
  const whole = sum(photos.map(({ wholeCpuSeconds }) => wholeCpuSeconds));
  return finding / photos.length + (facesOfUsualPhoto * (whole - finding)) / faces;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function print({ detection, recognition, clusters, cpuSecondsPerPhoto }: FaceFigures): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  if (detection) {
    const { precision, recall, hits, falseAlarms, missed, photos, halves } = detection;
    console.log(`detection    ${photos} photos  precision ${percent(precision)}  recall ${percent(recall)}`);
    console.log(`             hits ${hits}  false alarms ${falseAlarms}  missed ${missed}`);
    console.log(
      `  halves     ${halves.map((half) => `${percent(half.precision)} / ${percent(half.recall)}`).join(' | ')}`,
    );
  }
  for (const [set, { trueAcceptRate, distance, portraits, described }] of Object.entries(recognition)) {
    console.log(
      `${set.padEnd(12)} ${described} of ${portraits} portraits  TAR ${percent(trueAcceptRate)} at FAR ${falseAcceptRate} (distance ${distance.toFixed(2)})`,
    );
  }
  const { pairPrecision, pairRecall, clusters: count, people } = clusters;
  console.log(
    `clusters     ${count} of ${people} people  pairs: precision ${percent(pairPrecision)}  recall ${percent(pairRecall)}`,
  );
  if (cpuSecondsPerPhoto !== null)
    console.log(`CPU          ${cpuSecondsPerPhoto.toFixed(2)} s per photo of ${facesOfUsualPhoto} faces`);
}
