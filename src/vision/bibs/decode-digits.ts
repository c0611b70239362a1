// Connectionist temporal classification (CTC): at each step the recogniser gives a probability for the blank and for
// each digit; a run of the same digit is one digit, and a blank stands between two equal ones.

/** `steps` rows of 11: the blank, then 0..9. Rows may add up to less than 1; the rest went to other characters. */
export interface DigitProbabilities {
  steps: number;
  values: Float32Array;
}

export interface Decoded {
  digits: string;
  /** Mean probability of the digits, 0..1. */
  confidence: number;
  /** The least certain digit. */
  weakest: number;
}

const classCount = 11;
const floor = 1e-7;

export function decodeDigits({ steps, values }: DigitProbabilities): Decoded {
  let digits = '';
  let sum = 0;
  let weakest = 1;
  let previous = 0;
  for (let step = 0; step < steps; step++) {
    let best = 0;
    for (let index = 1; index < classCount; index++) {
      if ((values[step * classCount + index] ?? 0) > (values[step * classCount + best] ?? 0)) best = index;
    }
    if (best !== 0 && best !== previous) {
      const probability = values[step * classCount + best] ?? 0;
      digits += String(best - 1);
      sum += probability;
      weakest = Math.min(weakest, probability);
    }
    previous = best;
  }
  return { digits, confidence: digits ? sum / digits.length : 0, weakest: digits ? weakest : 0 };
}

/** Natural logarithm of the probability that the line says exactly these digits (the CTC forward sum). */
export function logProbabilityOf(digits: string, { steps, values }: DigitProbabilities): number {
  const states = 2 * digits.length + 1;
  const classOf = (state: number) => (state % 2 === 0 ? 0 : 1 + Number(digits[(state - 1) / 2]));
  let current = new Float64Array(states);
  let next = new Float64Array(states);
  current[0] = (values[0] ?? 0) + floor;
  if (states > 1) current[1] = (values[classOf(1)] ?? 0) + floor;
  let logScale = 0;
  for (let step = 1; step < steps; step++) {
    let total = 0;
    for (let state = 0; state < states; state++) {
      let reach = (current[state] ?? 0) + (state > 0 ? (current[state - 1] ?? 0) : 0);
      const mayJump = state > 2 && state % 2 === 1 && classOf(state) !== classOf(state - 2);
      if (mayJump) reach += current[state - 2] ?? 0;
      const value = reach * ((values[step * classCount + classOf(state)] ?? 0) + floor);
      next[state] = value;
      total += value;
    }
    if (!(total > 0)) return Number.NEGATIVE_INFINITY;
    logScale += Math.log(total);
    for (let state = 0; state < states; state++) next[state] = (next[state] ?? 0) / total;
    [current, next] = [next, current];
  }
  return logScale + Math.log((current[states - 1] ?? 0) + (states > 1 ? (current[states - 2] ?? 0) : 0));
}

/** One byte per probability, base64; several readings are joined by a full stop. */
export function packReadings(readings: readonly DigitProbabilities[]): string {
  return readings.map(packProbabilities).join('.');
}

export function unpackReadings(packed: string): DigitProbabilities[] {
  return packed.split('.').map(unpackProbabilities);
}

/** Trailing and leading blank steps are cut. */
function packProbabilities({ steps, values }: DigitProbabilities): string {
  const said = (step: number) => (values[step * classCount] ?? 0) < 0.98;
  let from = 0;
  let to = steps;
  while (from < to && !said(from)) from++;
  while (to > from && !said(to - 1)) to--;
  const bytes = Uint8Array.from(values.subarray(from * classCount, to * classCount), (value) =>
    Math.round(value * 255),
  );
  return Buffer.from(bytes).toString('base64');
}

function unpackProbabilities(packed: string): DigitProbabilities {
  const bytes = Buffer.from(packed, 'base64');
  return {
    steps: Math.floor(bytes.length / classCount),
    values: Float32Array.from(bytes, (byte) => byte / 255),
  };
}
