import type { FaceQuality } from '../findings.ts';
import type { Point } from './face-landmarks.ts';

/** Below the first nothing can be told of a face, above the second more does not help. */
const sizeRangePx = { least: 20, enough: 90 };
const sharpnessRange = { least: 0.2, enough: 0.6 };
const noseTip = 30;
const outerEyeCorners = { left: 36, right: 45 };
/** The tip of the nose stands out about as far from the line between the outer corners of the eyes as these are from its
 *  middle: 40 and 45 mm (Farkas, Anthropometry of the Head and Face, 1994). */
const noseToHalfEyes = 40 / 45;

/** How much can be built on a face: a product, since one fault is enough to spoil a comparison. */
export function scoreFace(face: {
  sizePx: number;
  /** 0..1 on the aligned chip, so that a small face enlarged to it counts as soft. */
  sharpness: number;
  landmarks: readonly Point[];
}): FaceQuality {
  const { sizePx, sharpness } = face;
  const yawDegrees = measureYaw(face.landmarks);
  const score =
    Math.sqrt(share(sizePx, sizeRangePx)) *
    Math.sqrt(share(sharpness, sharpnessRange)) *
    Math.cos((yawDegrees * Math.PI) / 180);
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

function share(value: number, { least, enough }: { least: number; enough: number }): number {
  return Math.min(1, Math.max(0, (value - least) / (enough - least)));
}
