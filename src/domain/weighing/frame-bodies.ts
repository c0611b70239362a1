import type { BoxNorm, Clothing } from '#vision/findings.ts';
import { type ReadSupport, supportOf } from './read-support.ts';
import type { Frame } from './scene.ts';

/** Somebody on a frame: a person whom the engine found, or the wearer of a number of whom it found no body. */
export interface Body {
  box: BoxNorm;
  /** As a share of the picture's, had the picture not cut the legs off. */
  height: number;
  clothing: Clothing | null;
  /** Of the detector; 1 where a number was read. */
  confidence: number;
  reads: ReadSupport[];
  found: boolean;
}

/** Digits are about a twelfth of a body high, and a third of the way down. */
const bodyOfDigits = { w: 4, h: 12, above: 4 };
/** A number is worn between the head and the knees, and within the body's sides give or take a little. */
const worn = { from: 0.08, until: 0.8, beside: 0.15 };

export function bodiesOf(frame: Frame, bibs: readonly string[], startListSize: number | null): Body[] {
  const bodies: Body[] = frame.persons.map(({ box, confidence, clothing }) => ({
    box,
    height: box.h,
    confidence,
    clothing: clothing ?? null,
    reads: [],
    found: true,
  }));
  for (const read of frame.reads.toSorted(surestFirst)) {
    const support = supportOf(read, bibs, startListSize);
    if (!support) continue;
    const wearer = wearerOf(read.box, bodies) ?? addWearer(read.box, bodies);
    wearer.reads.push(support);
  }
  for (const { reads } of bodies) reads.sort((a, b) => a.rest - b.rest || byName(a.read, b.read));
  return bodies;
}

/** Nearer than this to the lower edge a body goes on below it. */
const edge = 0.985;
/** Height of a body against its width where no whole one is seen. */
const usualShape = 3.2;

/** Gives bodies that the picture cuts off below the height that others of their width have. */
export function completeHeights(bodies: readonly Body[]): void {
  const shapes = bodies.flatMap((body) => (body.found && !isCutOff(body) ? body.box.h / body.box.w : []));
  shapes.sort((a, b) => a - b);
  const shape = shapes[shapes.length >> 1] ?? usualShape;
  for (const body of bodies) {
    if (body.found && isCutOff(body)) body.height = Math.max(body.box.h, body.box.w * shape);
  }
}

/** By the lower edge of the picture. */
export function isCutOff({ box }: Body): boolean {
  return box.y + box.h > edge;
}

/** An order of its own, so that the order in which reads are given changes nothing. */
function surestFirst(a: Frame['reads'][number], b: Frame['reads'][number]): number {
  return b.confidence - a.confidence || a.box.x - b.box.x || a.box.y - b.box.y || byName(a, b);
}

function byName(a: { bib: string }, b: { bib: string }): number {
  if (a.bib === b.bib) return 0;
  return a.bib < b.bib ? -1 : 1;
}

/** The body on which the number sits most in the middle. */
function wearerOf(digits: BoxNorm, bodies: readonly Body[]): Body | undefined {
  const [x, y] = [digits.x + digits.w / 2, digits.y + digits.h / 2];
  let best: Body | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const body of bodies) {
    const { box } = body;
    const across = (x - box.x) / box.w;
    const down = (y - box.y) / box.h;
    const inside =
      across >= -worn.beside && across <= 1 + worn.beside && down >= worn.from && down <= worn.until;
    if (!inside || digits.h > box.h / 3) continue;
    const off = Math.abs(across - 0.5) + Math.abs(down - 0.4) / 2;
    if (off < least) [best, least] = [body, off];
  }
  return best;
}

function addWearer(digits: BoxNorm, bodies: Body[]): Body {
  const { w, h, above } = bodyOfDigits;
  const box = {
    x: digits.x + digits.w / 2 - (digits.h * w) / 2,
    y: digits.y - digits.h * above,
    w: digits.h * w,
    h: digits.h * h,
  };
  const body = { box, height: box.h, clothing: null, confidence: 1, reads: [], found: false };
  bodies.push(body);
  return body;
}
