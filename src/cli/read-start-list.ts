import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { UsageError } from './command.ts';
import type { Messages } from './messages.ts';

const bibHeaders =
  /^(dossard|dossards|bib|bibs|bib ?(no|nr|number|num)?\.?|n°|no\.?|nr\.?|num(e|é)ro( de dossard)?|n° ?(de )?dossard|num ?dossard|start ?(no|nr|number|nummer)|race ?number|dorsal)$/i;
const bibShape = /^[A-Za-z]{0,2}\d{1,6}[A-Za-z]?$/;
const maxBytes = 20 * 1024 * 1024;
const maxBibs = 200_000;
/** Without a known heading, a column in which most values look like bibs. */
const leastShareOfBibs = 0.8;

/** The bibs of a start list in CSV, whatever its separator and encoding, each once and as written. */
export async function readStartList(path: string, messages: Messages): Promise<string[]> {
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(messages.startListUnreadable(path));
  });
  if (bytes.length === 0 || bytes.length > maxBytes) throw new UsageError(messages.startListUnreadable(path));
  const rows = parseRows(decodeText(bytes), () => new UsageError(messages.startListUnreadable(path)));
  const column = findBibColumn(rows);
  if (column === null) throw new UsageError(messages.startListWithoutBibs(path));
  const values = rows
    .map((row) => row[column]?.trim().toUpperCase() ?? '')
    .filter((value) => bibShape.test(value));
  const bibs = [...new Set(values)].slice(0, maxBibs);
  if (bibs.length === 0) throw new UsageError(messages.startListWithoutBibs(path));
  return bibs;
}

function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return iconv.decode(bytes, 'utf16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: what Excel writes in western Europe.
    return iconv.decode(bytes, 'windows-1252');
  }
}

function parseRows(text: string, refusal: () => UsageError): string[][] {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const count = (separator: string) => firstLine.split(separator).length;
  const delimiter = [';', '\t', ',', '|'].toSorted((a, b) => count(b) - count(a))[0];
  try {
    return parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw Object.assign(refusal(), { cause: error });
  }
}

function findBibColumn(rows: string[][]): number | null {
  const named = rows[0]?.findIndex((heading) => bibHeaders.test(heading.trim())) ?? -1;
  if (named >= 0) return named;
  const columns = rows[0]?.length ?? 0;
  for (let column = 0; column < columns; column++) {
    const values = rows.slice(1).map((row) => row[column] ?? '');
    const bibs = values.filter((value) => bibShape.test(value.trim()));
    if (bibs.length > 0 && bibs.length >= values.length * leastShareOfBibs) return column;
  }
  return null;
}
