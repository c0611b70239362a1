import { MOST_CHARACTERS } from './paper.ts';

/** One document while it is drawn. Lengths are PDF points, a 72nd of an inch. */
export type Sheet = PDFKit.PDFDocument;

export const MARGIN = 56;
export const GAP = 24;
export const LINE_GAP = 2;
export const SIZE = { title: 18, heading: 12, text: 9.5, small: 8 };
export const INK = '#191a1c';
export const MUTED = '#55585e';
export const RULE = '#c9ccd1';

/** Without what no font draws: control characters but the end of a line, and halves of pairs. */
export function plainText(text: string): string {
  const clean = text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ');
  return clean.length > MOST_CHARACTERS ? `${clean.slice(0, MOST_CHARACTERS)}…` : clean;
}
