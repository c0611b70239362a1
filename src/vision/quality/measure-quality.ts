import sharp from 'sharp';
import type { BoxNorm, Quality } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';
import { type Grey, measureBlur, sharpestBlur } from './measure-blur.ts';
import { measureExposure } from './measure-exposure.ts';

const blurryAbove = { subject: 0.44, whole: 0.42 };
/** Blur values of a crisp and of a hopeless crop, the ends of the sharpness scale. */
const blurScale = { crisp: 0.22, hopeless: 0.62 };
const leastSubjectPx = 48;

/** Sharpness and exposure, on the runner when a bib says where one is: a sharp fence behind
 *  a blurred runner is no use. Give pixels of about 1024 on the long side: the thresholds were found at that size. */
export async function measureQuality(pixels: Pixels, bibBox: BoxNorm | null): Promise<Quality> {
  const grey = await toGrey(pixels);
  const subject = bibBox && cropGrey(grey, torsoAround(bibBox));
  const measuredOn = subject ? 'subject' : 'whole';
  const blur = subject ? measureBlur(subject) : sharpestBlur(grey);
  const exposure = measureExposure(grey, subject);
  const sharpness = clamp01((blurScale.hopeless - blur) / (blurScale.hopeless - blurScale.crisp));
  const score = Math.round(100 * (0.7 * sharpness + 0.3 * exposure.fitness));
  const { fitness: _fitness, ...exposed } = exposure;
  return {
    score,
    parts: { sharpness, exposure: exposure.fitness, horizon: 1 },
    horizonDegrees: null,
    blurry: blur > blurryAbove[measuredOn],
    sharpness,
    measuredOn,
    ...exposed,
  };
}

async function toGrey({ data, widthPx, heightPx }: Pixels): Promise<Grey> {
  const values = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .greyscale()
    .raw()
    .toBuffer();
  return { values, widthPx, heightPx };
}

/** From the shoulders to the hips of whoever wears the bib. */
function torsoAround({ x, y, w, h }: BoxNorm): BoxNorm {
  return { x: x - 0.5 * w, y: y - 2 * h, w: 2 * w, h: 5 * h };
}

/** Null when the box is too small to judge. */
function cropGrey(grey: Grey, box: BoxNorm): Grey | null {
  const left = Math.max(0, Math.round(box.x * grey.widthPx));
  const top = Math.max(0, Math.round(box.y * grey.heightPx));
  const widthPx = Math.min(grey.widthPx - left, Math.round(box.w * grey.widthPx));
  const heightPx = Math.min(grey.heightPx - top, Math.round(box.h * grey.heightPx));
  if (widthPx < leastSubjectPx || heightPx < leastSubjectPx) return null;
  const values = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const from = (top + row) * grey.widthPx + left;
    values.set(grey.values.subarray(from, from + widthPx), row * widthPx);
  }
  return { values, widthPx, heightPx };
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
