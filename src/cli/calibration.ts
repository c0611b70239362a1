/** One read with what it claims and whether that was so. */
export interface Claim {
  confidence: number;
  right: boolean;
}

interface CalibrationBin {
  from: number;
  to: number;
  count: number;
  meanConfidence: number;
  shareRight: number;
}

export interface Calibration {
  /** Mean distance between what is claimed and what is so, weighted by the number of claims; 0 is perfect. */
  expectedCalibrationError: number;
  claims: number;
  bins: CalibrationBin[];
}

const binCount = 10;

/** Ten bins of equal width, as in Guo et al., "On Calibration of Modern Neural Networks" (2017). */
export function calibrationOf(claims: readonly Claim[]): Calibration {
  const bins = Array.from({ length: binCount }, (_, index) => {
    const inside = claims.filter(({ confidence }) => binOf(confidence) === index);
    return {
      from: index / binCount,
      to: (index + 1) / binCount,
      count: inside.length,
      meanConfidence: mean(inside.map(({ confidence }) => confidence)),
      shareRight: mean(inside.map(({ right }) => (right ? 1 : 0))),
    };
  });
  const distance = bins.reduce(
    (sum, { count, meanConfidence, shareRight }) => sum + count * Math.abs(meanConfidence - shareRight),
    0,
  );
  return { expectedCalibrationError: distance / Math.max(1, claims.length), claims: claims.length, bins };
}

function binOf(confidence: number): number {
  return Math.min(binCount - 1, Math.max(0, Math.floor(confidence * binCount)));
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
