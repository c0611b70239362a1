import type { ReadSigns } from '../findings.ts';

/** Inputs of the logistic regression, each 0 for the clearest read there is. */
export interface ProbabilityInputs {
  /** Natural logarithm of the likelihood of the best reading. */
  best: number;
  /** The same of how far the readings agree: 0 when all say it equally. */
  agreement: number;
  twoDigits: number;
  /** The same of the height as a share of the tallest number: whom a photo is about stands in front. */
  height: number;
}

/** Fitted by `evaluate --fit`: which photos, and what held on those left out, is in docs/vision.md. */
const weights: ProbabilityInputs & { constant: number } = {
  constant: 5.6,
  best: 5.1,
  agreement: 3.2,
  twoDigits: -2.8,
  height: 1,
};
/** Readings below exp(these) are equally bad. */
const leastLog = { best: -3, agreement: -1, height: -1.5 };

/** Probability 0..1 that a read names a bib of the photo, when nothing is known of the race. */
export function readProbability(bib: string, signs: ReadSigns): number {
  const inputs = probabilityInputs(bib, signs);
  const logOdds =
    weights.constant +
    weights.best * inputs.best +
    weights.agreement * inputs.agreement +
    weights.twoDigits * inputs.twoDigits +
    weights.height * inputs.height;
  return 1 / (1 + Math.exp(-logOdds));
}

export function probabilityInputs(bib: string, signs: ReadSigns): ProbabilityInputs {
  return {
    best: Math.max(leastLog.best, Math.log(signs.best)),
    agreement: Math.max(leastLog.agreement, Math.log(signs.agreement)),
    // One digit alone is no better: it counts only where the race expects it.
    twoDigits: bib.replace(/\D/g, '').length <= 2 ? 1 : 0,
    height: Math.max(leastLog.height, Math.log(signs.relativeHeight)),
  };
}
