import { DomainError } from '#platform/errors.ts';
import { decodeText, requireUsualSize, type TextEncoding } from './decode-text.ts';
import { type Delimiter, readTable, type TableRow } from './read-table.ts';
import { kindOfWorkbook, readWorkbook } from './read-workbook.ts';
import type { ListProfile } from './start-list.ts';

/** How a tool writes its files; a file that plainly says otherwise is believed. */
const PROFILES: Record<ListProfile, { encoding: TextEncoding; delimiter: Delimiter }> = {
  kms: { encoding: 'windows-1252', delimiter: ';' },
};

export interface ReadRows {
  rows: TableRow[];
  encoding: TextEncoding | 'xlsx';
}

/** The rows of a table in a file: XLSX, or a text with any usual encoding and separator. Throws bad-input for an empty
 *  file, an old XLS workbook and what is no table, too-large past the bounds. */
export async function readRows(bytes: Buffer, profile?: ListProfile): Promise<ReadRows> {
  requireUsualSize(bytes);
  const workbook = kindOfWorkbook(bytes);
  if (workbook === 'xls') throw new DomainError('bad-input', { public: { key: 'timing.fileIsOldWorkbook' } });
  if (workbook === 'xlsx') return { rows: await readWorkbook(bytes), encoding: 'xlsx' };
  const { text, encoding } = decodeText(bytes, profile && PROFILES[profile].encoding);
  return { rows: readTable(text, profile && PROFILES[profile].delimiter).rows, encoding };
}
