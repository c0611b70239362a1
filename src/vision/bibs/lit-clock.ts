import type { Lab, Plate } from '../findings.ts';

/** `h mm ss` or `hh mm ss` with its points lost. */
const timePattern = /^\d{1,2}[0-5]\d[0-5]\d$/;
const darkBelow = 50;
const colouredFrom = 18;

/** A finish clock whose points were not read: coloured digits that shine on black and tell a time. */
export function isLitClock(text: string, { background, ink }: Plate): boolean {
  const shines = background[0] < darkBelow && ink[0] > background[0];
  return timePattern.test(text) && shines && chroma(ink) >= colouredFrom && chroma(background) < chroma(ink);
}

function chroma([, a, b]: Lab): number {
  return Math.hypot(a, b);
}
