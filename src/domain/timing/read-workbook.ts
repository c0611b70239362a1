import type { Readable } from 'node:stream';
import { readSheet } from 'read-excel-file/node';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { DomainError } from '#platform/errors.ts';
import type { TableRow } from './read-table.ts';
import { MAX_COLUMNS, MAX_ROWS } from './start-list.ts';

/** A workbook of 60,000 runners unpacks to some 25 MB. */
const MOST_UNPACKED_BYTES = 150_000_000;
const ZIP = 0x504b0304;
const OLE = 0xd0cf11e0;
const DAY_MS = 86_400_000;
/** Before it a cell shows a time of day: day 0 of a workbook is 30 December 1899. */
const FIRST_DAY_MS = Date.UTC(1900, 0, 2);

/** By its first bytes: XLSX (a ZIP), XLS (OLE), or neither. */
export function kindOfWorkbook(bytes: Buffer): 'xlsx' | 'xls' | null {
  const magic = bytes.length < 4 ? 0 : bytes.readUInt32BE(0);
  if (magic === ZIP) return 'xlsx';
  return magic === OLE ? 'xls' : null;
}

/** The rows of the first sheet of an XLSX workbook, cells as text; rows without any are left out. Throws bad-input for
 *  another ZIP or a broken one, too-large past the bounds, before it is unpacked. */
export async function readWorkbook(bytes: Buffer): Promise<TableRow[]> {
  await refuseBomb(bytes);
  const rows = await readSheet(bytes).catch((error: unknown) => {
    throw unreadable(error);
  });
  const filled = rows
    .map((cells, index) => ({ line: index + 1, cells: cells.map(cellText) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length > MAX_ROWS) {
    throw new DomainError('too-large', { public: { key: 'timing.tooManyRows', values: { max: MAX_ROWS } } });
  }
  const wide = filled.find(({ cells }) => cells.length > MAX_COLUMNS);
  if (wide) {
    const values = { max: MAX_COLUMNS, line: wide.line };
    throw new DomainError('too-large', { public: { key: 'timing.tooManyColumns', values } });
  }
  return filled;
}

/** Unpacks without keeping anything: what a ZIP says of its own size is no proof. */
async function refuseBomb(bytes: Buffer): Promise<void> {
  try {
    const zip = await openZip(bytes);
    let unpacked = 0;
    for (const entry of await listEntries(zip)) {
      for await (const chunk of await openEntry(zip, entry)) {
        unpacked += Buffer.byteLength(chunk);
        if (unpacked > MOST_UNPACKED_BYTES) throw bomb();
      }
    }
  } catch (error) {
    throw error instanceof DomainError ? error : unreadable(error);
  }
}

function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

function bomb(): DomainError {
  const megabytes = MOST_UNPACKED_BYTES / 1_000_000;
  return new DomainError('too-large', { public: { key: 'timing.workbookTooLarge', values: { megabytes } } });
}

function unreadable(cause: unknown): DomainError {
  return new DomainError('bad-input', { public: { key: 'timing.workbookUnreadable' }, cause });
}

/** Dates by ISO, times of day as a clock shows them, whole numbers without a fraction. */
function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'number') return String(cell);
  if (!(cell instanceof Date) || Number.isNaN(cell.getTime())) return '';
  const iso = cell.toISOString();
  if (cell.getTime() < FIRST_DAY_MS) return iso.slice(11, 23);
  return cell.getTime() % DAY_MS === 0 ? iso.slice(0, 10) : iso.slice(0, 23);
}
