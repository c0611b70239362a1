export type Target = { atMost: number } | { atLeast: number };

/** `told`: nothing is asked of it. `floor moved`: the machine was too uneven for a judgement. */
export type Verdict = 'met' | 'missed' | 'floor moved' | 'told';

export interface Figure {
  title: string;
  /** What `floor` and `subject` count. */
  unit: string;
  ratio: number;
  target: Target | null;
  verdict: Verdict;
  /** Medians of the rounds; null for a figure that stands alone. */
  floor: number | null;
  subject: number;
  /** (most - least) / median of the floor's rounds. */
  floorSpread: number;
}

export interface BenchOptions {
  /** Of the largest event that is measured. */
  photos?: number | undefined;
}

export interface Measure {
  name: string;
  about: string;
  run(options?: BenchOptions): Promise<Figure[]>;
}

export const ROUNDS = 5;
const MOST_FLOOR_SPREAD = 0.3;

export interface Round {
  floor: number;
  subject: number;
}

/** Floor and subject in turns, so that whatever else the machine does falls on both. */
export async function playRounds(
  play: { floor: () => Promise<number>; subject: () => Promise<number> },
  count = ROUNDS,
): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let index = 0; index < count; index += 1) {
    const floor = await play.floor();
    rounds.push({ floor, subject: await play.subject() });
  }
  return rounds;
}

/** The median of the rounds' own ratios, judged unless the floor itself moved. */
export function compareRounds(
  known: Pick<Figure, 'title' | 'unit' | 'target'>,
  rounds: readonly Round[],
): Figure {
  const floors = rounds.map(({ floor }) => floor);
  const floor = median(floors);
  const ratio = median(rounds.map((round) => round.subject / round.floor));
  const floorSpread = (Math.max(...floors) - Math.min(...floors)) / floor;
  const verdict =
    floorSpread > MOST_FLOOR_SPREAD && known.target ? 'floor moved' : judge(ratio, known.target);
  return {
    ...known,
    ratio,
    verdict,
    floor,
    subject: median(rounds.map(({ subject }) => subject)),
    floorSpread,
  };
}

/** A figure that needs no floor: memory, or a ratio to itself. */
export function statedFigure(known: Pick<Figure, 'title' | 'unit' | 'target'>, value: number): Figure {
  const verdict = judge(value, known.target);
  return { ...known, ratio: value, verdict, floor: null, subject: value, floorSpread: 0 };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function judge(ratio: number, target: Target | null): Verdict {
  if (target === null) return 'told';
  const met = 'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast;
  return met ? 'met' : 'missed';
}
