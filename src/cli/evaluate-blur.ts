import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import type { BoxNorm } from '#vision/findings.ts';
import { detectPersons } from '#vision/persons/detect-persons.ts';
import { decodePhoto, type Pixels } from '#vision/pixels/decode-photo.ts';
import { resizePixels } from '#vision/pixels/resize-pixels.ts';
import { cropGrey, toGrey } from '#vision/quality/grey.ts';
import { measureBlur, sharpestBlur } from '#vision/quality/measure-blur.ts';
import { blurryAbove } from '#vision/quality/measure-quality.ts';
import { findTorso, torsoAroundBib } from '#vision/quality/subject-area.ts';
import { halfOf } from './bib-figures.ts';
import { defocusPixels, replaceArea, shakePixels } from './blur-pixels.ts';
import { UsageError } from './command.ts';
import type { Messages } from './messages.ts';
import { areaUnderCurve } from './score-blur.ts';

/** The size at which the engine judges quality: the blurs are in pixels of it. */
const longSidePx = 1024;
const leastSubjectPx = 48;
const shakeAngle = 0.2;
const blurs: Record<string, (pixels: Pixels) => Pixels | Promise<Pixels>> = {
  gaussian1: (pixels) => defocusPixels(pixels, 1),
  gaussian2: (pixels) => defocusPixels(pixels, 2),
  gaussian4: (pixels) => defocusPixels(pixels, 4),
  motion7: (pixels) => shakePixels(pixels, 7, shakeAngle),
  motion15: (pixels) => shakePixels(pixels, 15, shakeAngle),
};

const truthSchema = z
  .array(
    z.object({
      file: z.string(),
      boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])).default([]),
    }),
  )
  .min(1);
type Truth = z.infer<typeof truthSchema>[number];

/** Blur measured by one way of looking: of the photo as it is, and of its blurred copies. */
interface Measured {
  file: string;
  sharp: number;
  blurred: Record<string, number>;
}
/** `found` is as in life: only the subject is blurred, and it must be found on the blurred copy, without its bib. */
type Look = 'subject' | 'subjectAlone' | 'found' | 'whole';

/** Blurs each photo of the folders in five ways, the whole and the subject alone, and says how well the measure tells the
 *  copies from the photos. The subject is the largest labelled bib's wearer, else who is detected. Prints the figures. */
export async function evaluateBlur(input: {
  folders: string[];
  json: boolean;
  messages: Messages;
}): Promise<number> {
  const sets: Record<string, ReturnType<typeof figuresOf>> = {};
  for (const given of input.folders) {
    const folder = resolve(given);
    const measured: Record<Look, Measured[]> = {
      subject: [],
      subjectAlone: [],
      found: [],
      whole: [],
    };
    for (const truth of await readTruth(folder, input.messages)) await measurePhoto(folder, truth, measured);
    sets[basename(folder)] = figuresOf(measured);
  }
  if (input.json) console.log(JSON.stringify({ longSidePx, sets }));
  else for (const [name, figures] of Object.entries(sets)) print(name, figures);
  return 0;
}

async function readTruth(folder: string, messages: Messages): Promise<Truth[]> {
  const path = join(folder, 'truth.json');
  try {
    return truthSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UsageError(messages.noTruth(path), { cause: error });
  }
}

async function measurePhoto(
  folder: string,
  { file, boxes }: Truth,
  measured: Record<Look, Measured[]>,
): Promise<void> {
  const { pixels, widthPx, heightPx } = await decodePhoto(await readFile(join(folder, file)));
  const small = await resizePixels(pixels, longSidePx);
  const [largest] = boxes
    .map(([x, y, w, h]) => ({ x: x / widthPx, y: y / heightPx, w: w / widthPx, h: h / heightPx }))
    .sort((a, b) => b.w * b.h - a.w * a.h);
  const torso = largest ? torsoAroundBib(largest) : findTorso({ persons: await detectPersons(small) });
  const whole: Measured = { file, sharp: await blurOfWhole(small), blurred: {} };
  const subjectSharp = torso && (await blurOfSubject(small, torso));
  const subject: Measured = { file, sharp: subjectSharp ?? 0, blurred: {} };
  const alone: Measured = { file, sharp: subjectSharp ?? 0, blurred: {} };
  const found: Measured = { file, sharp: await blurAsFound(small), blurred: {} };
  for (const [name, blur] of Object.entries(blurs)) {
    const copy = await blur(small);
    whole.blurred[name] = await blurOfWhole(copy);
    if (!torso || subjectSharp === null) continue;
    subject.blurred[name] = (await blurOfSubject(copy, torso)) ?? 0;
    const aloneCopy = replaceArea(small, copy, body(torso));
    alone.blurred[name] = (await blurOfSubject(aloneCopy, torso)) ?? 0;
    found.blurred[name] = await blurAsFound(aloneCopy);
  }
  measured.whole.push(whole);
  if (subjectSharp === null) return;
  measured.subject.push(subject);
  measured.subjectAlone.push(alone);
  measured.found.push(found);
}

/** All of the runner, roughly: what moves or is out of focus when the rest is not. */
function body({ x, y, w, h }: BoxNorm): BoxNorm {
  return { x: x - 0.3 * w, y: y - 0.5 * h, w: 1.6 * w, h: 2.2 * h };
}

async function blurAsFound(pixels: Pixels): Promise<number> {
  const torso = findTorso({ persons: await detectPersons(pixels) });
  return (torso && (await blurOfSubject(pixels, torso))) ?? blurOfWhole(pixels);
}

async function blurOfWhole(pixels: Pixels): Promise<number> {
  return sharpestBlur(await toGrey(pixels));
}

async function blurOfSubject(pixels: Pixels, torso: BoxNorm): Promise<number | null> {
  const grey = cropGrey(await toGrey(pixels), torso, leastSubjectPx);
  return grey && measureBlur(grey);
}

function figuresOf(measured: Record<Look, Measured[]>) {
  return {
    subject: scoresOf(measured.subject, blurryAbove.subject),
    subjectAlone: scoresOf(measured.subjectAlone, blurryAbove.subject),
    found: scoresOf(measured.found, blurryAbove.subject),
    whole: scoresOf(measured.whole, blurryAbove.whole),
  };
}

function scoresOf(photos: Measured[], threshold: number) {
  const halves = [0, 1].map((half) => photos.filter(({ file }) => halfOf(file) === half));
  const caught = Object.keys(blurs).map((name) => [
    name,
    shareOf(photos, ({ blurred }) => (blurred[name] ?? 0) > threshold),
  ]);
  return {
    photos: photos.length,
    auc: aucOf(photos, Object.keys(blurs)),
    aucHalves: halves.map((half) => aucOf(half, Object.keys(blurs))),
    aucByBlur: Object.fromEntries(Object.keys(blurs).map((name) => [name, aucOf(photos, [name])])),
    calledBlurry: { sharp: shareOf(photos, ({ sharp }) => sharp > threshold), ...Object.fromEntries(caught) },
  };
}

function aucOf(photos: Measured[], names: string[]): number {
  const blurred = photos.flatMap((photo) => names.map((name) => photo.blurred[name] ?? 0));
  return areaUnderCurve(
    photos.map(({ sharp }) => sharp),
    blurred,
  );
}

function shareOf(photos: Measured[], is: (photo: Measured) => boolean): number {
  return photos.filter(is).length / Math.max(1, photos.length);
}

function print(name: string, figures: ReturnType<typeof figuresOf>): void {
  for (const [look, { photos, auc, aucHalves, aucByBlur, calledBlurry }] of Object.entries(figures)) {
    console.log(`\n${name}, ${look}: ${photos} photos, AUC ${auc.toFixed(3)}`);
    console.log(`  halves         ${aucHalves.map((half) => half.toFixed(3)).join(' | ')}`);
    console.log(`  by blur        ${listOf(aucByBlur, (value) => value.toFixed(3))}`);
    console.log(`  called blurry  ${listOf(calledBlurry, (value) => `${(100 * value).toFixed(0)} %`)}`);
  }
}

function listOf(values: Record<string, number>, write: (value: number) => string): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${write(value)}`)
    .join('  ');
}
