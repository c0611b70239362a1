import type { BoxNorm } from '../findings.ts';
import { findLines, type Line } from './find-lines.ts';
import type { Grey } from './grey.ts';

/** A tilt beyond is the photographer's wish, or no tilt at all. */
const mostDegrees = 10;
const stepDegrees = 0.2;
/** How far a line may be from the common tilt. */
const toleranceDegrees = 0.7;
/** A camera that looks up or down makes uprights lean more towards the sides: degrees from one side to the other. */
const mostLeanDegrees = 12;
const leanStepDegrees = 1.5;
/** What the agreeing lines need: length in long sides of the picture, share of all length in the family, number.
 *  Perspective tilts level lines and not upright ones, so level ones must be nearly alone: a sea, a long wall. */
const proof = {
  upright: { support: 0.25, share: 0.45, lines: 4 },
  level: { support: 0.45, share: 0.6, lines: 1 },
};
/** Two proofs that differ more than this are none. */
const mostDisagreementDegrees = 1.5;

/** Clockwise tilt of what is upright or level in the picture; null when too few straight edges agree.
 *  Give a picture of about 800 on the long side, and where persons are. */
export function measureTilt(grey: Grey, bodies: readonly BoxNorm[] = []): number | null {
  // Runners lean as they like.
  const lines = findLines(grey).filter((line) => !bodies.some((body) => holds(body, line)));
  const upright = commonTilt(lines, 'upright');
  const level = commonTilt(lines, 'level');
  if (upright === null || level === null) return upright ?? level;
  return Math.abs(upright - level) > mostDisagreementDegrees ? null : upright;
}

/** The tilt that most length of line agrees on, if that is proof enough. */
function commonTilt(all: Line[], family: Line['family']): number | null {
  const lines = all.filter((line) => line.family === family);
  const best = bestVote(lines, family === 'upright' ? mostLeanDegrees : 0);
  const agreeing = lines.filter((line) => Math.abs(offBy(line, best)) <= toleranceDegrees);
  const support = sumOf(agreeing, ({ length }) => length);
  const needed = proof[family];
  if (support < needed.support || agreeing.length < needed.lines) return null;
  if (support < needed.share * sumOf(lines, ({ length }) => length)) return null;
  const shift = sumOf(agreeing, (line) => line.length ** 2 * offBy(line, best));
  return best.tilt + shift / sumOf(agreeing, ({ length }) => length ** 2);
}

interface Vote {
  tilt: number;
  lean: number;
  votes: number;
}

function bestVote(lines: Line[], leanLimit: number): Vote {
  let best: Vote = { tilt: 0, lean: 0, votes: 0 };
  for (let lean = -leanLimit; lean <= leanLimit; lean += leanStepDegrees) {
    for (let tilt = -mostDegrees; tilt <= mostDegrees; tilt += stepDegrees) {
      // Among equals the picture with the least lean wins.
      const votes = countVotes(lines, { tilt, lean }) * (1 - 0.02 * Math.abs(lean));
      if (votes > best.votes) best = { tilt, lean, votes };
    }
  }
  return best;
}

type Guess = Pick<Vote, 'tilt' | 'lean'>;

function countVotes(lines: Line[], guess: Guess): number {
  let votes = 0;
  for (const line of lines) {
    const off = offBy(line, guess) / toleranceDegrees;
    if (off > -1 && off < 1) votes += line.length * (1 - off * off);
  }
  return votes;
}

function offBy({ degrees, x }: Line, { tilt, lean }: Guess): number {
  return degrees - tilt - lean * (x - 0.5);
}

function holds(box: BoxNorm, { x, y }: Line): boolean {
  return x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
}

function sumOf(lines: Line[], amount: (line: Line) => number): number {
  return lines.reduce((sum, line) => sum + amount(line), 0);
}
