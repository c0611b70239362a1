import type { VisibleSide } from '../findings.ts';
import type { ReadLine } from './interpret-line.ts';
import type { RotatedBox } from './rotated-box.ts';

const cutMarginPx = 2;
/** What a recogniser makes of a stroke that it cannot place: the rest of a digit under a hand, an edge or a fold. */
const strokes = '[/\\\\|()\\[\\]{}<>]';
const strokeBefore = new RegExp(`^${strokes}+\\d`);
const strokeAfter = new RegExp(`\\d${strokes}+$`);

/** Which part of a number can be seen, when there are signs that it goes on; undefined when it seems whole. */
export function visibleSide(line: ReadLine, picture: { widthPx: number }): VisibleSide | undefined {
  const before =
    runsOut(line.box, picture.widthPx, 'left') || texts(line).some((text) => strokeBefore.test(text));
  const after =
    runsOut(line.box, picture.widthPx, 'right') || texts(line).some((text) => strokeAfter.test(text));
  if (before && after) return 'middle';
  if (before) return 'last';
  return after ? 'first' : undefined;
}

function texts({ tight, wide }: ReadLine): string[] {
  return [tight, wide].flatMap((read) => (read ? [read.text.normalize('NFKC').trim()] : []));
}

function runsOut({ cx, w, h, angle }: RotatedBox, widthPx: number, side: 'left' | 'right'): boolean {
  const halfW = (Math.abs(Math.cos(angle)) * w + Math.abs(Math.sin(angle)) * h) / 2;
  return side === 'left' ? cx - halfW <= cutMarginPx : cx + halfW >= widthPx - cutMarginPx;
}
