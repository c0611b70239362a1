import type { FramePerson } from '#domain/weighing/scene.ts';
import type { BoxNorm, Clothing } from '#vision/findings.ts';
import type { Arrival } from './draw-cameras.ts';
import { PARAMETERS } from './event-parameters.ts';
import type { Random } from './random.ts';

/** Which part of a number can be seen. */
export type Legibility = 'legible' | 'first' | 'last' | 'hidden';

/** Somebody on a picture, as it is. */
export interface Pictured {
  arrival: Arrival | null;
  box: BoxNorm;
  legibility: Legibility;
  /** Inside the picture, near enough, and not covered: whoever is looked for here should be found. */
  inSubjectArea: boolean;
  /** Share that nearer bodies cover. */
  covered: number;
  metres: number;
}

/** How a runner's number was seen on the frame before: folds and arms stay for a while. */
export type Before = Map<Arrival, Legibility>;

const runnerMetres = 1.75;
export const heightAtMetre = 6.6;
const bodyWidthMetres = 0.6;
const half = 0.5;
/** Bodies fill their boxes so far. */
const bodyInBox = 0.65;
/** Of whom more is covered, nothing is seen but a head or an arm. */
export const mostCovered = 0.85;
const bibAt = { down: 0.36, width: 0.4 };

/** Everybody before the lens, the nearest first. */
export function drawPicture(
  { atMs, arrivals, aim, tilt }: { atMs: number; arrivals: readonly Arrival[]; aim: number; tilt: number },
  before: Before,
  random: Random,
): Pictured[] {
  const { focus, nearest, farthest } = PARAMETERS.lens;
  const pictured: Pictured[] = [];
  for (const arrival of around(arrivals, atMs)) {
    const metres = focus + arrival.metresPerMs * (arrival.atMs - atMs);
    if (metres < nearest || metres > farthest) continue;
    const box = boxAt({ metres, lane: arrival.lane, aim, tilt });
    if (box.x + box.w < 0.03 || box.x > 0.97) continue;
    pictured.push({ arrival, box, metres, covered: 0, legibility: 'legible', inSubjectArea: false });
  }
  pictured.push(...drawBystanders({ aim, tilt }, random));
  pictured.sort((a, b) => a.metres - b.metres);
  for (const [index, one] of pictured.entries()) judge(one, pictured.slice(0, index), before, random);
  return pictured;
}

/** Nobody comes into the picture earlier than this, or leaves later. */
const earliestMs = 40_000;
const latestMs = 6_000;

function around(arrivals: readonly Arrival[], atMs: number): readonly Arrival[] {
  return arrivals.slice(firstAfter(arrivals, atMs - latestMs), firstAfter(arrivals, atMs + earliestMs));
}

function firstAfter(arrivals: readonly Arrival[], atMs: number): number {
  let [low, high] = [0, arrivals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((arrivals[middle]?.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function boxAt({
  metres,
  lane,
  aim,
  tilt,
}: {
  metres: number;
  lane: number;
  aim: number;
  tilt: number;
}): BoxNorm {
  const { widthPerMetre, beside, focus } = PARAMETERS.lens;
  const across = widthPerMetre * metres;
  const h = ((heightAtMetre / metres) * runnerMetres) / 1.75;
  const w = bodyWidthMetres / across;
  // The tangent of the angle to the runner, against the one to the middle of the road where it is in focus.
  const angle = (lane - beside) / metres + (beside - aim) / focus;
  const x = half + angle / widthPerMetre - w / 2;
  // Eyes of runners and photographer are about level: the horizon crosses every body near its head.
  const y = 0.42 + tilt - h * 0.15;
  const top = Math.max(0, y);
  return { x, y: top, w, h: Math.min(1, y + h) - top };
}

function drawBystanders({ aim, tilt }: { aim: number; tilt: number }, random: Random): Pictured[] {
  const { perSpot, onFrame } = PARAMETERS.bystanders;
  return Array.from({ length: perSpot }, (_, index) => index)
    .filter(() => random.chance(onFrame))
    .map((index) => {
      const metres = 9 + index * 6;
      const lane = (index % 2 === 0 ? 1 : -1) * (PARAMETERS.lens.road + 0.5);
      const box = boxAt({ metres, lane, aim, tilt });
      return { arrival: null, box, metres, covered: 0, legibility: 'hidden', inSubjectArea: false } as const;
    })
    .filter(({ box }) => box.x > 0 && box.x + box.w < 1)
    .map((one) => ({ ...one }));
}

function judge(one: Pictured, nearer: readonly Pictured[], before: Before, random: Random): void {
  const { box, arrival, metres } = one;
  const bib = {
    x: box.x + (box.w * (1 - bibAt.width)) / 2,
    w: box.w * bibAt.width,
    y: box.y + box.h * bibAt.down,
  };
  let covered = { left: 0, right: 0 };
  for (const other of nearer) {
    one.covered = 1 - (1 - one.covered) * (1 - bodyInBox * overlap(box, other.box));
    const inHeight = bib.y > other.box.y && bib.y < other.box.y + other.box.h;
    // Bodies are narrower than their boxes.
    const from = Math.max(bib.x, other.box.x + other.box.w * 0.15);
    const until = Math.min(bib.x + bib.w, other.box.x + other.box.w * 0.85);
    if (!inHeight || until <= from) continue;
    const share = (until - from) / bib.w;
    covered =
      from <= bib.x
        ? { ...covered, left: covered.left + share }
        : { ...covered, right: covered.right + share };
  }
  const { subjectNear, subjectFar } = PARAMETERS.lens;
  const inside = box.x >= -box.w * 0.1 && box.x + box.w <= 1 + box.w * 0.1;
  one.inSubjectArea =
    arrival !== null && inside && metres >= subjectNear && metres <= subjectFar && one.covered < half;
  one.legibility = arrival ? legibilityOf(one, arrival, { covered, bib, before }, random) : 'hidden';
}

function legibilityOf(
  { metres }: Pictured,
  arrival: Arrival,
  seen: { covered: { left: number; right: number }; bib: { x: number; w: number }; before: Before },
  random: Random,
): Legibility {
  const own = wornLegibly(arrival, seen.before, random);
  seen.before.set(arrival, own);
  if (own === 'hidden') return own;
  // Digits of 12 px and less: far away they come and go.
  const small = Math.max(0, (metres - PARAMETERS.lens.subjectFar) / PARAMETERS.lens.subjectFar);
  if (random.chance(Math.min(1, small))) return 'hidden';
  const { left, right } = seen.covered;
  const [cutLeft, cutRight] = [
    left + Math.max(0, -seen.bib.x) / seen.bib.w,
    right + Math.max(0, seen.bib.x + seen.bib.w - 1) / seen.bib.w,
  ];
  if (cutLeft + cutRight > 0.6) return 'hidden';
  if (cutLeft > 0.12) return 'last';
  return cutRight > 0.12 ? 'first' : own;
}

function wornLegibly(arrival: Arrival, before: Before, random: Random): Legibility {
  if (arrival.hiddenHere || arrival.runner.bib === null) return 'hidden';
  const last = before.get(arrival);
  const { sameAsBefore, frame, half: partly } = PARAMETERS.hidden;
  if (last && random.chance(sameAsBefore)) return last;
  const drawn = random.share();
  if (drawn < frame) return 'hidden';
  if (drawn < frame + partly) return random.chance(half) ? 'first' : 'last';
  return 'legible';
}

/** Share of `a` that `b` covers. */
function overlap(a: BoxNorm, b: BoxNorm): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return w > 0 && h > 0 ? (w * h) / (a.w * a.h) : 0;
}

/** What the engine finds of the bodies. */
export function detectPersons(pictured: readonly Pictured[], random: Random): FramePerson[] {
  const { recall, smallRecall, coveredRecall, falseAlarms, boxNoise } = PARAMETERS.detector;
  const persons = pictured.flatMap(({ box, covered, arrival }): FramePerson[] => {
    const likely = box.h < 0.15 || covered > mostCovered ? 0 : box.h < 0.25 ? smallRecall : recall;
    if (!random.chance(covered > half ? likely * coveredRecall : likely)) return [];
    const shake = (size: number) => random.normal(0, boxNoise * size);
    const x = Math.max(0, box.x + shake(box.w));
    const seen = {
      x,
      y: Math.max(0, box.y + shake(box.h)),
      w: Math.min(1 - x, box.w * (1 + shake(1))),
      h: box.h * (1 + shake(1)),
    };
    const clothing = seeClothing(arrival?.clothing ?? bystander(random), { covered, box }, random);
    return [{ box: seen, confidence: random.between(0.9, 0.99), ...(clothing && { clothing }) }];
  });
  if (random.chance(falseAlarms * persons.length)) {
    const box = {
      x: random.between(0, 0.9),
      y: random.between(0.2, 0.5),
      w: 0.09,
      h: random.between(0.26, 0.4),
    };
    persons.push({ box, confidence: random.between(0.5, 0.9), clothing: bystander(random) });
  }
  return persons;
}

function bystander(random: Random): Clothing {
  return {
    upper: [random.between(15, 85), random.normal(0, 15), random.normal(0, 20)],
    lower: [random.between(15, 60), random.normal(0, 6), random.normal(-5, 10)],
  };
}

function seeClothing(
  { upper, lower }: Clothing,
  { covered, box }: { covered: number; box: BoxNorm },
  random: Random,
): Clothing | null {
  // Half covered, the colour is somebody else's.
  if (covered > half) return null;
  const { frame, outlier, outlierFactor } = PARAMETERS.clothing;
  const shake = (colour: Clothing['upper']): Clothing['upper'] => {
    const factor = (1 + covered) * (random.chance(outlier) ? outlierFactor : 1);
    const axis = (at: 0 | 1 | 2) => random.normal(colour[at], frame[at] * factor);
    return [axis(0), axis(1), axis(2)];
  };
  const legs = box.y + box.h < 0.97;
  return { upper: shake(upper), lower: legs && lower ? shake(lower) : null };
}
