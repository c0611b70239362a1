import type { Clothing, Lab } from '#vision/findings.ts';

/** What is known of a photo when stacks are made out. */
export interface StackFrame {
  photoId: string;
  cameraKey: string | null;
  /** By the camera's own clock, ms since 1970; null when the file does not tell. */
  cameraAtMs: number | null;
  /** Its place in the gallery, ms since 1970. */
  sortAtMs: number;
  /** The camera's own frame counter. */
  sequence: number | null;
  /** 16 hex digits, null for a photo that was read before there was one. */
  perceptualHash: string | null;
  /** The published ones. */
  bibs: readonly string[];
  /** 0..100. */
  qualityScore: number | null;
  blurry: boolean;
  pixels: number;
  /** Of the main person: its share of the picture, 0..1, and what it wears. */
  subjectShare: number;
  clothing: Clothing | null;
  /** Not for visitors: it leads only where all are hidden. */
  hidden: boolean;
}

/** Photos of one stack, in the order of the gallery, and the one that stands for them. */
export interface Stack {
  photoIds: string[];
  leadId: string;
}

/** Further apart, two photos of one camera are two stacks. */
const MOST_STEP_MS = 2000;
/** The same for frames that the camera numbered one after the other, and for a frame on which nobody is published. */
const MOST_NUMBERED_STEP_MS = 4000;
const MOST_UNREAD_STEP_MS = 1000;
const LONGEST_STACK_MS = 10_000;
/** Who runs 4 m/s is 2 m further: frames that differ in who was read on them still show the same people. */
const MOST_INSTANT_STEP_MS = 500;
const LONGEST_INSTANT_MS = 1000;
/** A copy of a picture has the time of the picture, or was sent in right after it. */
const MOST_COPY_DISTANCE_MS = 60_000;
const MOST_FRAMES = 24;
/** Bits of perceptual hashes that differ, by docs/vision.md: of no two photos of different stacks so few. */
const SAME_PICTURE_BITS = 6;
const SAME_VIEW_BITS = 10;
/** Colours of a shirt further apart are those of two runners: nine tenths of the pairs of one are nearer. */
const SAME_SHIRT_DISTANCE = 25;
/** Photos further apart never change each other's stack directly. */
export const STACK_REACH_MS = Math.max(MOST_COPY_DISTANCE_MS, LONGEST_STACK_MS);

/**
 * The stacks of these photos that have two frames or more, by three rules. (1) Everybody published on a frame is on the lead, so
 * that two frames with different runners are two stacks; only within a second, frame by frame within half of one, one
 * runner published on all of them is enough, for what differs is then the reading. (2) Frames of one camera follow each other within two seconds;
 * one on which nobody is published, within one, and it must look like the frame before. (3) Copies of one picture
 * belong together within a minute, whatever camera they name.
 */
export function findStacks(frames: readonly StackFrame[]): Stack[] {
  const sorted = frames.toSorted(inGalleryOrder);
  const groups = chainBursts(sorted);
  joinCopies(sorted, groups);
  return groups
    .filter((group) => group.length > 1)
    .map((group) => group.toSorted(inGalleryOrder))
    .map((group) => ({
      photoIds: group.map(({ photoId }) => photoId),
      leadId: chooseLead(group).photoId,
    }));
}

function inGalleryOrder(a: StackFrame, b: StackFrame): number {
  return a.sortAtMs - b.sortAtMs || (a.photoId < b.photoId ? -1 : 1);
}

function chainBursts(sorted: readonly StackFrame[]): StackFrame[][] {
  const groups: StackFrame[][] = [];
  const open = new Map<string, StackFrame[]>();
  for (const frame of sorted) {
    const group = frame.cameraKey === null ? undefined : open.get(frame.cameraKey);
    if (group && goesOn(group, frame)) {
      group.push(frame);
      continue;
    }
    const started = [frame];
    groups.push(started);
    if (frame.cameraKey !== null) open.set(frame.cameraKey, started);
  }
  return groups;
}

function goesOn(group: readonly StackFrame[], frame: StackFrame): boolean {
  const [first, last] = [group[0], group.at(-1)];
  if (!first || !last || group.length >= MOST_FRAMES) return false;
  const [stepMs, spanMs] = [stepBetween(last, frame), stepBetween(first, frame)];
  if (stepMs === null || spanMs === null || spanMs > LONGEST_STACK_MS) return false;
  const isInstant = stepMs <= MOST_INSTANT_STEP_MS && spanMs <= LONGEST_INSTANT_MS;
  if (!showTheSame(group, [frame]) && !(isInstant && haveOneInCommon([...group, frame]))) return false;
  if (last.bibs.length > 0 && frame.bibs.length > 0) return stepMs <= mostStepMs(last, frame);
  return stepMs <= MOST_UNREAD_STEP_MS && lookAlike(last, frame);
}

function stepBetween(before: StackFrame, after: StackFrame): number | null {
  if (before.cameraAtMs === null || after.cameraAtMs === null) return null;
  return Math.abs(after.cameraAtMs - before.cameraAtMs);
}

function mostStepMs(before: StackFrame, after: StackFrame): number {
  const numbered = before.sequence !== null && after.sequence === before.sequence + 1;
  return numbered ? MOST_NUMBERED_STEP_MS : MOST_STEP_MS;
}

/** Whether one frame of both groups shows everybody who is published on any of them. */
function showTheSame(a: readonly StackFrame[], b: readonly StackFrame[]): boolean {
  const [mostOfA, mostOfB] = [mostBibs(a), mostBibs(b)];
  const [more, fewer] = mostOfA.length >= mostOfB.length ? [mostOfA, mostOfB] : [mostOfB, mostOfA];
  return fewer.every((bib) => more.includes(bib));
}

/** Whether one runner is published on all frames on which anybody is. */
function haveOneInCommon(frames: readonly StackFrame[]): boolean {
  const read = frames.filter(({ bibs }) => bibs.length > 0);
  return read[0]?.bibs.some((bib) => read.every(({ bibs }) => bibs.includes(bib))) ?? false;
}

function mostBibs(group: readonly StackFrame[]): readonly string[] {
  return group.reduce<readonly string[]>((most, { bibs }) => (bibs.length > most.length ? bibs : most), []);
}

function lookAlike(a: StackFrame, b: StackFrame): boolean {
  if (differingBits(a.perceptualHash, b.perceptualHash) <= SAME_VIEW_BITS) return true;
  return a.clothing !== null && b.clothing !== null && wearTheSame(a.clothing, b.clothing);
}

function wearTheSame(a: Clothing, b: Clothing): boolean {
  return colourDistance(a.upper, b.upper) <= SAME_SHIRT_DISTANCE;
}

function colourDistance(a: Lab, b: Lab): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Of 64; all of them when a hash is not known. */
export function differingBits(a: string | null, b: string | null): number {
  if (a === null || b === null) return 64;
  const [x, y] = [halvesOf(a), halvesOf(b)];
  return onesOf(x.first ^ y.first) + onesOf(x.last ^ y.last);
}

interface Halves {
  first: number;
  last: number;
}

function halvesOf(hash: string): Halves {
  return { first: Number.parseInt(hash.slice(0, 8), 16), last: Number.parseInt(hash.slice(8), 16) };
}

function onesOf(bits: number): number {
  let ones = 0;
  for (let rest = bits >>> 0; rest !== 0; rest &= rest - 1) ones += 1;
  return ones;
}

/** Moves groups into one that hold copies of one picture; those moved stay behind empty. */
function joinCopies(sorted: readonly StackFrame[], groups: readonly StackFrame[][]): void {
  const groupOf = new Map(groups.flatMap((group) => group.map((frame) => [frame, group] as const)));
  // Read once: a minute of a busy event has hundreds of photos, and each is compared with all.
  const hashed = sorted.flatMap((frame) =>
    frame.perceptualHash === null ? [] : [{ frame, ...halvesOf(frame.perceptualHash) }],
  );
  let start = 0;
  for (const [index, { frame, first, last }] of hashed.entries()) {
    while (frame.sortAtMs - (hashed[start]?.frame.sortAtMs ?? 0) > MOST_COPY_DISTANCE_MS) start += 1;
    for (const earlier of hashed.slice(start, index)) {
      if (onesOf(earlier.first ^ first) + onesOf(earlier.last ^ last) > SAME_PICTURE_BITS) continue;
      const [into, from] = [groupOf.get(earlier.frame), groupOf.get(frame)];
      if (!into || !from || into === from || into.length + from.length > MOST_FRAMES) continue;
      if (!showTheSame(into, from)) continue;
      for (const moved of from.splice(0)) {
        into.push(moved);
        groupOf.set(moved, into);
      }
    }
  }
}

/** A visible frame that shows everybody, sharp, good, with the main person large, and not the small copy of another. */
function chooseLead(group: readonly StackFrame[]): StackFrame {
  const everybody = mostBibs(group).length;
  const mostPixels = Math.max(...group.map(({ pixels }) => pixels));
  const worth = (frame: StackFrame) =>
    (frame.hidden ? 0 : 100) +
    (frame.bibs.length === everybody ? 10 : 0) +
    (frame.blurry ? 0 : 1) +
    (frame.pixels * 2 >= mostPixels ? 1 : 0) +
    (frame.qualityScore ?? 0) / 100 +
    Math.sqrt(frame.subjectShare);
  return group.reduce((lead, frame) => (worth(frame) > worth(lead) ? frame : lead));
}
