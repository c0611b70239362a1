import type { FaceQuality } from '../findings.ts';
import type { Point } from './face-landmarks.ts';

/** Below the first nothing can be told of a face, above the second more does not help: of portraits made smaller and
 *  blurred, a third are recognised at a sharpness of .2, four fifths at .37, all but a few at .6. */
const ranges = { sizePx: { least: 10, enough: 35 }, sharpness: { least: 0, enough: 0.6 } };
/** A sharp portrait of 100 px reaches this share of what neighbouring pixels could differ by. */
const crispShare = 0.16;
/** Pixels between which changes are compared. */
const way = { short: 2, long: 16 };
const noseTip = 30;
const outerEyeCorners = { left: 36, right: 45 };
/** The tip of the nose stands out about as far from the line between the outer corners of the eyes as these are from its
 *  middle: 40 and 45 mm (Farkas, Anthropometry of the Head and Face, 1994). */
const noseToHalfEyes = 40 / 45;

/** How much can be built on a face: a small one is soft on its chip, too, so that the worse of both counts, and only once. */
export function scoreFace(face: {
  sizePx: number;
  /** 0..1 on the aligned chip: what the recogniser sees. */
  sharpness: number;
  landmarks: readonly Point[];
}): FaceQuality {
  const { sizePx, sharpness } = face;
  const yawDegrees = measureYaw(face.landmarks);
  const clarity = Math.min(share(sizePx, ranges.sizePx), share(sharpness, ranges.sharpness));
  const score = clarity * Math.cos((yawDegrees * Math.PI) / 180);
  return { sizePx: Math.round(sizePx), sharpness, yawDegrees, score };
}

/** 0 frontal .. 90 profile, whichever side. */
export function measureYaw(landmarks: readonly Point[]): number {
  const [left, right, nose] = [
    landmarks[outerEyeCorners.left],
    landmarks[outerEyeCorners.right],
    landmarks[noseTip],
  ];
  if (!left || !right || !nose) throw new Error('a face without eyes or nose');
  const [eyesX, eyesY] = [right.x - left.x, right.y - left.y];
  const squared = eyesX * eyesX + eyesY * eyesY;
  if (squared === 0) return 90;
  const along = ((nose.x - left.x) * eyesX + (nose.y - left.y) * eyesY) / squared;
  const offset = Math.abs(along - 0.5) * 2;
  return (Math.atan(offset / noseToHalfEyes) * 180) / Math.PI;
}

/** 0 where the colours of a square patch run into one another .. 1 where they change as in a crisp portrait. Compared are
 *  the changes over a short and a long way: in a blurred patch the short ones are a fixed part of the long ones. Only green is
 *  looked at, the second of the three planes: it is most of what an eye sees. */
export function measureSharpness(patch: Float32Array, sidePx: number): number {
  const plane = sidePx * sidePx;
  let short = 0;
  let long = 0;
  for (let at = plane; at < 2 * plane - way.long * sidePx; at += 1) {
    if (at % sidePx >= sidePx - way.long) continue;
    const own = patch[at] ?? 0;
    for (const stride of [1, sidePx]) {
      short += Math.abs(own - (patch[at + way.short * stride] ?? 0));
      long += Math.abs(own - (patch[at + way.long * stride] ?? 0));
    }
  }
  if (long === 0) return 0;
  const least = way.short / way.long;
  return Math.min(1, Math.max(0, (short / long - least) / (1 - least) / crispShare));
}

function share(value: number, { least, enough }: { least: number; enough: number }): number {
  return Math.min(1, Math.max(0, (value - least) / (enough - least)));
}
