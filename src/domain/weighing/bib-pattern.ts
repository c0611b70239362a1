import type { FrameRead } from './scene.ts';

/** A number of which some digits cannot be seen: `?` stands for one of them, `…` for an end that goes on. */
export interface BibPattern {
  seen: string;
  side: 'first' | 'last' | 'middle' | 'within';
}

/** What a recogniser makes of one digit under a hand or a fold. */
const hiddenWithin = /^(\d+)[/\\|()[\]{}<>*.,:;~_'"?-](\d+)$/;
const mostHidden = 2;
const fewestSeen = 2;

/** Null when the read is a whole number, or too little of one. */
export function patternOf({ bib, partial, text, kind }: FrameRead): BibPattern | null {
  const within = hiddenWithin.exec(text.normalize('NFKC').trim());
  if (kind === 'dropped' && within && text.replace(/\D/g, '').length >= fewestSeen)
    return { seen: `${within[1]}?${within[2]}`, side: 'within' };
  if (!partial) return null;
  // A list may have completed the bib already: what was seen is then in the text.
  const printed = digitsOf(text);
  const digits =
    printed.length < digitsOf(bib).length && digitsOf(bib).includes(printed) ? printed : digitsOf(bib);
  if (digits.length < fewestSeen) return null;
  const seen = { first: `${digits}…`, last: `…${digits}`, middle: `…${digits}…` }[partial];
  return { seen, side: partial };
}

/** Whether a bib may be the number of which only this was seen. Letters do not count. */
export function fitsPattern(bib: string, { seen, side }: BibPattern): boolean {
  const number = digitsOf(bib);
  if (side === 'within')
    return (
      number.length === seen.length && [...seen].every((digit, at) => digit === '?' || digit === number[at])
    );
  const digits = digitsOf(seen);
  const hidden = number.length - digits.length;
  if (hidden < 0 || hidden > mostHidden) return false;
  // A stroke beside a whole number looks like a hidden digit.
  if (hidden === 0) return number === digits;
  if (side === 'first') return number.startsWith(digits);
  return side === 'last' ? number.endsWith(digits) : number.includes(digits);
}

/** How many of so many numbers drawn by lot fit. */
export function fittingByChance({ seen, side }: BibPattern, listSize: number): number {
  const free = side === 'middle' ? 2 : 1;
  return (free * listSize) / 10 ** digitsOf(seen).length;
}

export function digitsOf(bib: string): string {
  return bib.replace(/\D/g, '');
}
