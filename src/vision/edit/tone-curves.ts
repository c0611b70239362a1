// The exposure is a shift in the logit of light, x / (1 - x): near black it is the plain factor of a longer exposure,
// white stays white, nothing in between reaches either end, and the inverse shift undoes it. The contrast is a slope in
// the logit of the encoded tone. Colour factors are plain up to a knee, from where they run out to white, so that a
// blown sky takes no tint.
import type { EditPlan } from '../findings.ts';

type Tones = Pick<EditPlan, 'whiteBalance' | 'exposureStops' | 'contrast'>;
type Curve = Uint8Array;

/** What counts as detail: a value inside these stays inside, whatever the plan. */
const detail = { least: 8, most: 250 };
/** Middle grey, as an encoded value 0..1. */
const middleGrey = encode(0.18);

/** From here on light runs straight to white. */
const knee = 0.8;

/** For red, green and blue: what each 8-bit sRGB value becomes. Each rises from 0 to 255. */
export function toneCurves({ whiteBalance, exposureStops, contrast }: Tones): [Curve, Curve, Curve] {
  const [red, green, blue] = whiteBalance;
  return [
    toneCurve(red, exposureStops, contrast),
    toneCurve(green, exposureStops, contrast),
    toneCurve(blue, exposureStops, contrast),
  ];
}

function toneCurve(factor: number, exposureStops: number, contrast: number): Curve {
  return Uint8Array.from({ length: 256 }, (_, value) => {
    const tone = Math.round(255 * moveTone(value / 255, { factor, exposureStops, contrast }));
    const least = value >= detail.least ? detail.least : 0;
    const most = value <= detail.most ? detail.most : 255;
    return Math.min(most, Math.max(least, tone));
  });
}

/** One encoded tone 0..1 after the change. `factor` is at most 1.2. */
export function moveTone(
  tone: number,
  { factor = 1, exposureStops, contrast }: { factor?: number; exposureStops: number; contrast: number },
): number {
  const light = balance(decode(tone), factor);
  const gain = 2 ** exposureStops;
  const exposed = encode((gain * light) / (1 + (gain - 1) * light));
  if (exposed <= 0 || exposed >= 1) return exposed;
  const odds = (exposed / (1 - exposed)) ** contrast * ((1 - middleGrey) / middleGrey) ** (contrast - 1);
  return odds / (1 + odds);
}

function balance(light: number, factor: number): number {
  if (light <= knee) return light * factor;
  return factor * knee + ((1 - factor * knee) * (light - knee)) / (1 - knee);
}

/** sRGB (IEC 61966-2-1) to linear light, both 0..1. */
export function decode(tone: number): number {
  return tone <= 0.04045 ? tone / 12.92 : ((tone + 0.055) / 1.055) ** 2.4;
}

function encode(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
}
