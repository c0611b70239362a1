// A recogniser outside gives words with one confidence each; the rules that choose bibs want lines with probabilities of
// digits. Its confidence becomes the probability of all digits of a word together, and that of its place.
import type { BibOptions } from '../findings.ts';
import { chooseBibs } from './choose-bibs.ts';
import { type DigitProbabilities, decodeDigits } from './decode-digits.ts';
import type { TextBox } from './detect-text.ts';
import { interpretLine, type ReadLine } from './interpret-line.ts';
import type { LineRead } from './recognise-line.ts';
import { type Point, smallestBoxAround } from './rotated-box.ts';

export interface RecognisedText {
  text: string;
  /** 0..1. */
  confidence: number;
  /** Corners, normalised to the upright image. */
  outline: Point[];
}

interface Picture {
  widthPx: number;
  heightPx: number;
}

interface PlacedText {
  text: string;
  confidence: number;
  corners: Point[];
  box: TextBox;
}

/** A space is narrower, the distance between two runners' bibs is wider. */
const widestSpacePerHeight = 0.6;
const classCount = 11;

/** Which texts of a recogniser outside are bibs, by the rules of our own engine. `picture` is what the recogniser saw. */
export function chooseRecognisedText(
  lines: { words: RecognisedText[] }[],
  picture: Picture,
  options: BibOptions,
): ReturnType<typeof chooseBibs> {
  const readLines = lines.flatMap(({ words }) =>
    neighbours(words.flatMap((word) => place(word, picture))).flatMap(asReadLines),
  );
  return chooseBibs(readLines, picture, options);
}

function place({ text, confidence, outline }: RecognisedText, picture: Picture): PlacedText[] {
  const corners = outline.map(({ x, y }) => ({ x: x * picture.widthPx, y: y * picture.heightPx }));
  return placed(text, confidence, corners);
}

function placed(text: string, confidence: number, corners: Point[]): PlacedText[] {
  const box = smallestBoxAround(corners);
  return box ? [{ text, confidence, corners, box: { ...box, score: confidence } }] : [];
}

/** Recognisers put what stands at one height into one line, even bibs of several runners. */
function neighbours(words: PlacedText[]): PlacedText[][] {
  const groups: PlacedText[][] = [];
  for (const word of words) {
    const last = groups.at(-1)?.at(-1);
    if (last && gap(last.box, word.box) <= widestSpacePerHeight * Math.min(last.box.h, word.box.h)) {
      groups.at(-1)?.push(word);
    } else groups.push([word]);
  }
  return groups;
}

function gap(a: TextBox, b: TextBox): number {
  return Math.hypot(a.cx - b.cx, a.cy - b.cy) - (a.w + b.w) / 2;
}

/** `10 km` and `06 12 34 56 78` are told by all their words; in `LYON 101` and `101 102` each word stands for itself. */
function asReadLines(words: PlacedText[]): ReadLine[] {
  const single = words.flatMap(readLine);
  if (words.length < 2) return single;
  const confidence = Math.min(...words.map((word) => word.confidence));
  const text = words.map((word) => word.text).join(' ');
  const [whole] = placed(
    text,
    confidence,
    words.flatMap(({ corners }) => corners),
  ).flatMap(readLine);
  const candidate = whole && interpretLine(whole);
  if (!whole || !candidate || candidate.reason === 'not-a-number') return single;
  return candidate.reason || single.length === 1 ? [whole] : single;
}

/** Nothing for a text without digits. */
function readLine({ text, confidence, box }: PlacedText): ReadLine[] {
  const digits = text.normalize('NFKC').replace(/\D/g, '');
  if (digits === '') return [];
  const probabilities = evenly(digits, confidence);
  const tight: LineRead = {
    text,
    textConfidence: confidence,
    digits: decodeDigits(probabilities),
    probabilities,
  };
  return [{ box, tight, wide: null }];
}

/** Each digit between blanks, all equally certain, and any other one as probable as the next. */
function evenly(digits: string, confidence: number): DigitProbabilities {
  const steps = 2 * digits.length + 1;
  const values = new Float32Array(steps * classCount);
  const certainty = confidence ** (1 / digits.length);
  for (let step = 0; step < steps; step++) {
    const row = values.subarray(step * classCount, (step + 1) * classCount);
    if (step % 2 === 0) row[0] = 1;
    else {
      row.fill((1 - certainty) / (classCount - 1));
      row[1 + Number(digits[(step - 1) / 2])] = certainty;
    }
  }
  return { steps, values };
}
