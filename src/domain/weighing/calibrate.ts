/** Log-odds of what the model says, and of what was so on simulated events of other seeds than the reported ones: it does not know of
 *  runners who are on a photo without a body that the detector found. From the last pair on it is right. */
const curve: readonly (readonly [said: number, so: number])[] = [
  [-3.05, -2],
  [-1.77, -0.85],
  [-1.1, -0.2],
  [-0.62, 0.25],
  [-0.2, 0.65],
  [0.2, 0.98],
  [0.62, 1.2],
  [1.1, 1.45],
  [1.73, 1.75],
  [2.2, 2.2],
];

/** A probability as often right as it says; keeps every order, and changes nothing from .9 on. */
export function calibrate(probability: number): number {
  if (probability <= 0 || probability >= 0.9) return probability;
  const said = Math.log(probability / (1 - probability));
  const [lowest] = curve;
  const at = curve.findIndex(([from]) => said < from);
  const [before, after] = [curve[at - 1], curve[at]];
  if (at < 0 || !lowest || !after) return probability;
  if (!before) return 1 / (1 + Math.exp(-(said + lowest[1] - lowest[0])));
  const share = (said - before[0]) / (after[0] - before[0]);
  return 1 / (1 + Math.exp(-(before[1] + share * (after[1] - before[1]))));
}
