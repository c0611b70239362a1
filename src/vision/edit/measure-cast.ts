import type { Pixels } from '../pixels/decode-photo.ts';
import { decode } from './tone-curves.ts';

/** How the greys of a photo are coloured, in natural logarithms of ratios of linear light. */
export interface Cast {
  /** Above 0 is warm (more red than blue), below is cold. */
  warmth: number;
  /** Above 0 is green, below is magenta. */
  green: number;
}

/** Tones that carry colour: noise rules below, clipping above. */
const tones = { least: 40, most: 225 };
/** A grey under daylight or shade lies within about two of these of neutral; grass, skin and shirts do not. */
const spread = 0.12;
const rounds = 12;
/** The sky and the sea are above: nearly grey, and meant to be blue. */
const groundFrom = 0.45;
const leastShare = 0.15;

/** The colour of what is nearly grey (asphalt, paper, clouds, walls): strong colours, which fool a mean over the whole
 *  picture, have no say. The whole picture and its lower part must agree, and the weaker of both counts; null when they
 *  do not, or when too little is grey. */
export function measureCast({ data, widthPx, heightPx }: Pixels): Cast | null {
  const whole = greyOf(data);
  const ground = greyOf(data.subarray(Math.round(heightPx * groundFrom) * widthPx * 3));
  if (!whole || !ground) return null;
  return {
    warmth: weaker(whole.warmth, ground.warmth),
    green: weaker(whole.green, ground.green),
  };
}

function weaker(one: number, other: number): number {
  if (one * other <= 0) return 0;
  return Math.sign(one) * Math.min(Math.abs(one), Math.abs(other));
}

/** By mean shift from neutral (Comaniciu and Meer 2002). */
function greyOf(data: Uint8Array): Cast | null {
  const ratios = ratiosOf(data);
  let centre = { redGreen: 0, blueGreen: 0, near: 0 };
  for (let round = 0; round < rounds; round++) {
    const next = meanNear(ratios, centre);
    if (!next) return null;
    centre = next;
  }
  if (3 * centre.near < leastShare * data.length) return null;
  return {
    warmth: (centre.redGreen - centre.blueGreen) / 2,
    green: -(centre.redGreen + centre.blueGreen) / 2,
  };
}

/** Logarithms of red / green and blue / green, in turn. */
function ratiosOf(data: Uint8Array): Float32Array {
  const ratios = new Float32Array((data.length / 3) * 2);
  let count = 0;
  for (let at = 0; at < data.length; at += 3) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    if (Math.min(red, green, blue) < tones.least || Math.max(red, green, blue) > tones.most) continue;
    const reference = logLight[green] ?? 0;
    ratios[count] = (logLight[red] ?? 0) - reference;
    ratios[count + 1] = (logLight[blue] ?? 0) - reference;
    count += 2;
  }
  return ratios.subarray(0, count);
}

const logLight = Float32Array.from({ length: 256 }, (_, value) => Math.log(decode(Math.max(1, value) / 255)));

function meanNear(ratios: Float32Array, centre: { redGreen: number; blueGreen: number }) {
  let [weights, redGreen, blueGreen, near] = [0, 0, 0, 0];
  for (let at = 0; at < ratios.length; at += 2) {
    const [red, blue] = [ratios[at] ?? 0, ratios[at + 1] ?? 0];
    const distance = ((red - centre.redGreen) ** 2 + (blue - centre.blueGreen) ** 2) / spread ** 2;
    if (distance > 9) continue;
    if (distance < 4) near += 1;
    const weight = Math.exp(-distance / 2);
    weights += weight;
    redGreen += weight * red;
    blueGreen += weight * blue;
  }
  return weights < 1 ? null : { redGreen: redGreen / weights, blueGreen: blueGreen / weights, near };
}
