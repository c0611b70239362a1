import type { FrameRead } from '#domain/weighing/scene.ts';
import type { BoxNorm } from '#vision/findings.ts';
import { heightAtMetre, type Pictured } from './draw-frame.ts';
import type { Random } from './random.ts';
import { READ_ERRORS } from './read-errors.ts';

/** The list as an engine holds it. */
export interface ListedNumbers {
  bibs: readonly string[];
  known: ReadonlySet<string>;
}

/** Every number that the engine reads on a picture, with the errors it was measured to make. */
export function readPicture(pictured: readonly Pictured[], list: ListedNumbers, random: Random): FrameRead[] {
  const reads = pictured.flatMap((one) => readOne(one, list, random));
  if (random.chance(READ_ERRORS.falseAlarmsPerPhoto)) {
    const bib = random.pick(list.bibs) ?? '1';
    const box = { x: random.between(0, 0.95), y: random.between(0, 0.6), w: 0.03, h: 0.02 };
    reads.push({ ...guess(bib, random), box });
  }
  return reads;
}

function readOne(one: Pictured, list: ListedNumbers, random: Random): FrameRead[] {
  const { arrival, legibility } = one;
  const bib = arrival?.runner.bib;
  if (!bib || legibility === 'hidden') return [];
  const said =
    legibility === 'legible'
      ? readWhole(bib, list, random)
      : readHalf(bib, { side: legibility, list }, random);
  return said ? [{ ...said, box: digitsOf(one, random) }] : [];
}

type Said = Omit<FrameRead, 'box'>;

function readWhole(bib: string, list: ListedNumbers, random: Random): Said | null {
  const drawn = random.share();
  const { sure, guess: guessed } = READ_ERRORS.legible;
  if (drawn > sure + guessed) return null;
  if (!list.known.has(bib)) return { bib, confidence: 0.45, kind: 'guess', text: bib, alternatives: [] };
  if (drawn > sure) return { ...guess(bib, random), confidence: random.between(0.45, 0.84) };
  if (!random.chance(READ_ERRORS.sureButWrong)) return readSurely(bib, random);
  return readSurely(anotherLike(bib, list, random), random);
}

function readSurely(bib: string, random: Random): Said {
  const confidence = random.pick(READ_ERRORS.sureConfidence) ?? 0.99;
  return { bib, confidence, kind: 'sure', text: bib, alternatives: [] };
}

function guess(bib: string, random: Random): Said {
  const [least, most] = READ_ERRORS.guessConfidence;
  return { bib, confidence: random.between(least, most), kind: 'guess', text: bib, alternatives: [] };
}

function readHalf(
  bib: string,
  { side, list }: { side: 'first' | 'last'; list: ListedNumbers },
  random: Random,
): Said | null {
  const { half, halfSureButWrong, halfGuess } = READ_ERRORS;
  const drawn = random.share();
  const piece = side === 'first' ? bib.slice(0, -1) : bib.slice(1);
  if (drawn < half.sure) {
    if (!list.known.has(bib)) return null;
    const wrong = random.chance(halfSureButWrong);
    return readSurely(wrong ? pieceOrLike({ bib, piece }, list, random) : bib, random);
  }
  if (drawn < half.sure + half.guess) {
    const kind = random.share();
    if (kind < halfGuess.piece)
      return { bib: piece, confidence: 0.45, kind: 'guess', text: piece, partial: side, alternatives: [] };
    return guess(kind < halfGuess.piece + halfGuess.right ? bib : anotherLike(bib, list, random), random);
  }
  if (drawn < half.sure + half.guess + half.dropped)
    return {
      bib: piece,
      confidence: random.between(0.05, 0.2),
      kind: 'dropped',
      reason: 'unsure',
      text: piece,
    };
  return null;
}

function pieceOrLike(
  { bib, piece }: { bib: string; piece: string },
  list: ListedNumbers,
  random: Random,
): string {
  return list.known.has(piece) ? piece : anotherLike(bib, list, random);
}

const tries = 12;

/** A listed number one digit off, as misreads are; else any. */
function anotherLike(bib: string, { bibs, known }: ListedNumbers, random: Random): string {
  for (let attempt = 0; attempt < tries; attempt++) {
    const at = random.whole(0, bib.length - 1);
    const changed = bib.slice(0, at) + String(random.whole(0, 9)) + bib.slice(at + 1);
    if (changed !== bib && known.has(changed)) return changed;
  }
  return random.pick(bibs) ?? bib;
}

/** As large as the distance makes them, whether or not the legs are in the picture. */
function digitsOf({ box: { x, y, w }, metres }: Pictured, random: Random): BoxNorm {
  const width = w * 0.4;
  const h = heightAtMetre / metres;
  return {
    x: x + (w - width) / 2 + random.normal(0, w * 0.05),
    y: y + h * 0.34 + random.normal(0, h * 0.02),
    w: width,
    h: h * 0.07,
  };
}
