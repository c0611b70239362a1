import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { DomainError } from '#platform/errors.ts';
import { MAX_COLUMNS, MAX_RECORD_BYTES, MAX_ROWS } from './start-list.ts';

export interface TableRow {
  /** Where the row starts, from 1. */
  line: number;
  cells: string[];
}

const DELIMITERS = [';', ',', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** The rows of a delimited text with any usual separator and line end; rows without any text are left out. `usual` is the
 *  separator of who wrote it, when that is known.
 *  Throws bad-input naming the line when the text cannot be a table, too-large past the bounds. */
export function readTable(text: string, usual?: Delimiter): { rows: TableRow[] } {
  const { body, skippedLines, stated } = takeSeparatorLine(text);
  const delimiter = stated ?? (usual && firstLineOf(body).includes(usual) ? usual : sniffDelimiter(body));
  refuseTooWide(body, delimiter, skippedLines + 1);
  const rows: TableRow[] = [];
  try {
    parse(body, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_RECORD_BYTES,
      on_record: (record: string[], { lines }) => {
        collect(rows, record, lines + skippedLines);
        return null;
      },
    });
  } catch (error) {
    throw readable(error, skippedLines);
  }
  return { rows };
}

function collect(rows: TableRow[], cells: string[], endLine: number): void {
  if (cells.every((cell) => cell.trim() === '')) return;
  if (cells.length > MAX_COLUMNS) throw tooManyColumns(endLine);
  if (rows.length >= MAX_ROWS) {
    throw new DomainError('too-large', { public: { key: 'timing.tooManyRows', values: { max: MAX_ROWS } } });
  }
  rows.push({ line: Math.max(1, endLine - newlinesIn(cells)), cells });
}

/** The first line alone, before the parser: a line that is too wide for it would be taken for an open quote. */
function refuseTooWide(text: string, delimiter: string, line: number): void {
  if (firstLineOf(text).split(delimiter, MAX_COLUMNS + 2).length > MAX_COLUMNS + 1)
    throw tooManyColumns(line);
}

function firstLineOf(text: string): string {
  return /^[^\r\n]*/u.exec(text)?.[0] ?? '';
}

function tooManyColumns(line: number): DomainError {
  return new DomainError('too-large', {
    public: { key: 'timing.tooManyColumns', values: { max: MAX_COLUMNS, line } },
  });
}

function newlinesIn(cells: string[]): number {
  let count = 0;
  for (const cell of cells) {
    if (/[\r\n]/u.test(cell)) count += (cell.match(/\r\n|\r|\n/gu) ?? []).length;
  }
  return count;
}

function readable(error: unknown, skippedLines: number): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = Number(error.lines ?? 1) + skippedLines;
  const unclosed = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
  const key = unclosed ? 'timing.quoteNotClosed' : 'timing.lineUnreadable';
  return new DomainError('bad-input', {
    public: { key, values: { line } },
    internal: error.code,
    cause: error,
  });
}

/** Excel's own first line, 'sep=;'. */
function takeSeparatorLine(text: string): { body: string; skippedLines: number; stated: Delimiter | null } {
  const found = /^\uFEFF?"?sep=([;,\t|])"?(?:\r\n|\n|\r)/iu.exec(text);
  const stated = DELIMITERS.find((delimiter) => delimiter === found?.[1]);
  if (!found || !stated) return { body: text, skippedLines: 0, stated: null };
  return { body: text.slice(found[0].length), skippedLines: 1, stated };
}

/** The separator whose number per line agrees most often with the first line's; on a tie the one with more columns. */
function sniffDelimiter(text: string): Delimiter {
  const lines = text
    .slice(0, 65_536)
    .split(/\r\n|\n|\r/u)
    .filter((line) => line.trim() !== '')
    .slice(0, 30)
    .map((line) => line.replace(/"[^"]*"/gu, ''));
  let best: { delimiter: Delimiter; agreeing: number; columns: number } = {
    delimiter: ';',
    agreeing: 0,
    columns: 0,
  };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const columns = mostFrequent(counts.filter((count) => count > 0));
    const agreeing = columns === 0 ? 0 : counts.filter((count) => count === columns).length;
    if (agreeing > best.agreeing || (agreeing === best.agreeing && columns > best.columns)) {
      best = { delimiter, agreeing, columns };
    }
  }
  return best.delimiter;
}

function mostFrequent(counts: number[]): number {
  const tally = new Map<number, number>();
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
  let best = 0;
  for (const [count, times] of tally) if (times > (tally.get(best) ?? 0)) best = count;
  return best;
}
