import { faceThresholds } from '../faces/face-thresholds.ts';
import type { BibRead, FaceQuality, LabelFinding, LabelName, PersonFinding } from '../findings.ts';
import { wearerOf } from '../persons/main-person.ts';
import { saysFinish, type Word } from './says-finish.ts';

export interface LabelInput {
  /** Of the upright photo. */
  widthPx: number;
  heightPx: number;
  persons: readonly PersonFinding[];
  bibs: readonly Pick<BibRead, 'box' | 'kind'>[];
  /** What was read and is no bib. */
  dropped?: readonly Pick<BibRead, 'reason' | 'confidence'>[];
  words?: readonly Word[];
  faces?: readonly { smile: number | null; quality: Pick<FaceQuality, 'sizePx'> }[];
}

/** A runner of less than this share of the largest one's height is in the background. */
const leastOfLargest = 0.6;
/** How many make a crowd, and from which share of the photo's height somebody counts for it. */
const crowd = { persons: 10, leastHeight: 0.15 };
const leastPersonConfidence = 0.7;
/** A photo that is nearly square is neither upright nor wide. */
const nearlySquare = 1.05;
/** Foreign letters are read as times, too, but hardly ever surely. */
const leastClockConfidence = 0.5;
/** Smaller mouths open from effort look like smiles: two of four were none. */
const leastSmilingFacePx = 60;
/** Precision on labelled photos, docs/vision.md: what a label that is not a measurement may claim. */
const precision = { group: 0.94, crowd: 0.95, finish: 0.9 };

/** What a photo shows, each label once. Of the photo as a whole, never of a person in it. Pure. */
export function labelPhoto(input: LabelInput): LabelFinding[] {
  const persons = input.persons.filter(({ confidence }) => confidence >= leastPersonConfidence);
  const labels: LabelFinding[] = [];
  const add = (name: LabelName, confidence: number) => labels.push({ name, confidence });
  const [surest] = [...persons].sort((a, b) => b.confidence - a.confidence);
  if (surest) add('person', surest.confidence);
  if (countRunners(input) >= 2) add('group', precision.group);
  if (persons.filter(({ box }) => box.h >= crowd.leastHeight).length >= crowd.persons)
    add('crowd', precision.crowd);
  if (isFinish(input)) add('finish', precision.finish);
  const smile = broadestSmile(input);
  if (smile >= faceThresholds.smile) add('smile', smile);
  const ratio = input.widthPx / input.heightPx;
  if (ratio >= nearlySquare) add('landscape', 1);
  if (ratio <= 1 / nearlySquare) add('portrait', 1);
  return labels;
}

/** By its clock or its arch. */
function isFinish({ dropped = [], words = [] }: LabelInput): boolean {
  const showsClock = dropped.some(
    ({ reason, confidence }) => reason === 'clock' && confidence >= leastClockConfidence,
  );
  return showsClock || saysFinish(words);
}

function broadestSmile({ faces = [] }: LabelInput): number {
  const large = faces.filter(({ quality }) => quality.sizePx >= leastSmilingFacePx);
  return Math.max(0, ...large.map(({ smile }) => smile ?? 0));
}

/** Those who wear a sure bib and are about as near as the nearest: spectators and passers-by are no group. */
function countRunners({ bibs, persons }: LabelInput): number {
  const sure = bibs.filter(({ kind }) => kind === 'sure');
  const wearers = new Set(sure.flatMap(({ box }) => wearerOf(box, persons) ?? []));
  const heights = [...wearers].map(({ box }) => box.h);
  return heights.filter((height) => height >= Math.max(...heights) * leastOfLargest).length;
}
