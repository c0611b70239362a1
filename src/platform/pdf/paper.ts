/** Longer papers than this are refused: a mistake, or somebody's attempt to keep the server busy. */
export const MOST_ROWS = 5_000;
/** Of one text or cell; what is longer is cut with an ellipsis. */
export const MOST_CHARACTERS = 2_000;

export interface PaperColumn {
  label: string;
  /** Parts of the width; the sum of all columns is the whole. */
  width: number;
  align?: 'right';
}

export type PaperBlock =
  | { kind: 'heading' | 'text' | 'small'; text: string }
  /** Side by side, each a title and its lines, such as two addresses. */
  | { kind: 'columns'; columns: { title: string; lines: string[] }[] }
  | { kind: 'facts'; rows: { label: string; value: string }[] }
  | { kind: 'table'; columns: PaperColumn[]; rows: string[][] }
  /** At the right edge below a table; the strong one last. */
  | { kind: 'sums'; rows: { label: string; value: string; strong?: boolean }[] };

/** What stands on a paper of text and tables, A4. The same content gives the same bytes. */
export interface Paper {
  title: string;
  locale: 'fr' | 'en';
  /** Of the content, never of the drawing. */
  createdAt: Date;
  blocks: PaperBlock[];
  /** One line at the foot of each page, before "1/3". */
  footer: string;
}
