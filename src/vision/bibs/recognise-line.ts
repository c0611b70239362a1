import type { Pixels } from '../pixels/decode-photo.ts';
import { cropLine, lineHeightPx } from './crop-line.ts';
import { type Decoded, type DigitProbabilities, decodeDigits } from './decode-digits.ts';
import { runModel, type TextModels } from './load-models.ts';
import type { RotatedBox } from './rotated-box.ts';

export interface LineRead {
  /** Best character of the whole alphabet at each place. */
  text: string;
  textConfidence: number;
  /** Best reading when only digits may be said. */
  digits: Decoded;
  probabilities: DigitProbabilities;
}

const leastInputWidthPx = 96;
const widthStepPx = 8;

/** Reads one line of text. Lines are read one by one: batches cost more than they save on this network. */
export async function recogniseLine(
  models: TextModels,
  pixels: Pixels,
  box: RotatedBox,
  padding: number,
): Promise<LineRead> {
  const crop = cropLine(pixels, box, padding);
  const widthPx = Math.max(leastInputWidthPx, Math.ceil(crop.widthPx / widthStepPx) * widthStepPx);
  const input = networkInput(crop, widthPx);
  const { data, dims } = await runModel(models.recogniser, input, [1, 3, lineHeightPx, widthPx]);
  const [, steps = 0, classes = 0] = dims;
  const { text, confidence } = bestText(data, steps, classes, models.alphabet);
  const probabilities = digitPart(data, steps, classes, models.digitClasses);
  return { text, textConfidence: confidence, digits: decodeDigits(probabilities), probabilities };
}

function networkInput(crop: Pixels, widthPx: number): Float32Array {
  const input = new Float32Array(3 * lineHeightPx * widthPx);
  for (let plane = 0; plane < 3; plane++) {
    for (let y = 0; y < lineHeightPx; y++) {
      const to = (plane * lineHeightPx + y) * widthPx;
      const from = y * crop.widthPx * 3 + 2 - plane;
      for (let x = 0; x < crop.widthPx; x++) input[to + x] = (crop.data[from + x * 3] ?? 0) / 127.5 - 1;
    }
  }
  return input;
}

function bestText(data: Float32Array, steps: number, classes: number, alphabet: string[]) {
  let text = '';
  let sum = 0;
  let count = 0;
  let previous = -1;
  for (let step = 0; step < steps; step++) {
    let best = 0;
    let bestProbability = -1;
    for (let index = 0; index < classes; index++) {
      const probability = data[step * classes + index] ?? 0;
      if (probability > bestProbability) {
        bestProbability = probability;
        best = index;
      }
    }
    if (best !== 0 && best !== previous) {
      text += alphabet[best] ?? '';
      sum += bestProbability;
      count += 1;
    }
    previous = best;
  }
  return { text: text.trim(), confidence: count ? sum / count : 0 };
}

function digitPart(
  data: Float32Array,
  steps: number,
  classes: number,
  digitClasses: number[],
): DigitProbabilities {
  const values = new Float32Array(steps * 11);
  for (let step = 0; step < steps; step++) {
    values[step * 11] = data[step * classes] ?? 0;
    for (let digit = 0; digit < 10; digit++) {
      values[step * 11 + 1 + digit] = data[step * classes + (digitClasses[digit] ?? 0)] ?? 0;
    }
  }
  return { steps, values };
}
