import { probabilityInputs } from '#vision/bibs/read-probability.ts';
import { halfOf, type JudgedPhoto, labelledReads } from './bib-figures.ts';

interface Sample {
  inputs: number[];
  right: 0 | 1;
  half: 0 | 1;
}

export interface Fit {
  weights: Record<string, number>;
  samples: number;
  /** Mean negative log-likelihood on each half, with weights that were fitted on the other one. */
  lossOnOtherHalf: [number, number];
}

/** Keeps weights small where photos say little. */
const ridge = 0.3;
const steps = 60;
const mayBeFitted = new Set<string | undefined>([undefined, 'unsure', 'duplicate']);

/** The weights of `readProbability` that suit these photos best: logistic regression by Newton's method. */
export function fitProbability(photos: readonly JudgedPhoto[]): Fit {
  const samples = photos.flatMap(samplesOf);
  const ofHalf = (half: 0 | 1) => samples.filter((sample) => sample.half === half);
  const names = [
    'constant',
    ...Object.keys(probabilityInputs('', { best: 1, agreement: 1, relativeHeight: 1 })),
  ];
  const weights = regress(samples);
  return {
    weights: Object.fromEntries(names.map((name, index) => [name, Number((weights[index] ?? 0).toFixed(2))])),
    samples: samples.length,
    lossOnOtherHalf: [loss(regress(ofHalf(1)), ofHalf(0)), loss(regress(ofHalf(0)), ofHalf(1))],
  };
}

/** What is dropped for a reason, or cut, does not ask for a probability. */
function samplesOf({ truth, bibs, dropped }: JudgedPhoto): Sample[] {
  const reads = [...bibs, ...dropped].filter(
    ({ reason, partial, signs }) => mayBeFitted.has(reason) && !partial && signs,
  );
  return labelledReads(truth, reads).flatMap(({ read, right }) =>
    read.signs
      ? [
          {
            inputs: [1, ...Object.values(probabilityInputs(read.bib, read.signs))],
            right: right ? 1 : 0,
            half: halfOf(truth.file),
          },
        ]
      : [],
  );
}

function regress(samples: readonly Sample[]): number[] {
  const size = samples[0]?.inputs.length ?? 0;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < steps; step++) {
    const gradient = weights.map((weight, index) => (index === 0 ? 0 : ridge * weight));
    const curvature: number[][] = weights.map((_, row) =>
      weights.map((_, column) => (row === column ? ridge : 0)),
    );
    for (const { inputs, right } of samples) {
      const probability = predict(weights, inputs);
      inputs.forEach((input, row) => {
        gradient[row] = (gradient[row] ?? 0) + (probability - right) * input;
        const line = curvature[row] ?? [];
        inputs.forEach((other, column) => {
          line[column] = (line[column] ?? 0) + probability * (1 - probability) * input * other;
        });
      });
    }
    const change = solve(curvature, gradient);
    weights = weights.map((weight, index) => weight - (change[index] ?? 0));
  }
  return weights;
}

function predict(weights: readonly number[], inputs: readonly number[]): number {
  const logOdds = inputs.reduce((sum, input, index) => sum + input * (weights[index] ?? 0), 0);
  return 1 / (1 + Math.exp(-logOdds));
}

/** Gaussian elimination; the matrix is symmetric and positive, so no pivot is needed. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < rows.length; pivot++) {
    for (let row = pivot + 1; row < rows.length; row++) {
      const factor = at(row, pivot) / at(pivot, pivot);
      rows[row] = (rows[row] ?? []).map((value, column) => value - factor * at(pivot, column));
    }
  }
  const solution = new Array<number>(rows.length).fill(0);
  for (let row = rows.length - 1; row >= 0; row--) {
    const known = solution.reduce(
      (sum, value, column) => (column > row ? sum + value * at(row, column) : sum),
      0,
    );
    solution[row] = (at(row, rows.length) - known) / at(row, row);
  }
  return solution;
}

function loss(weights: readonly number[], samples: readonly Sample[]): number {
  const total = samples.reduce((sum, { inputs, right }) => {
    const probability = Math.min(1 - 1e-6, Math.max(1e-6, predict(weights, inputs)));
    return sum - Math.log(right ? probability : 1 - probability);
  }, 0);
  return Number((total / Math.max(1, samples.length)).toFixed(4));
}
