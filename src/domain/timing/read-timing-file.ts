import { decodeText, requireUsualSize } from './decode-text.ts';
import type { RawTiming } from './passage.ts';
import { readClax } from './read-clax.ts';
import { readJsonTable } from './read-race-result.ts';
import { type ReadRows, readRows } from './read-rows.ts';
import { readTimesTable } from './read-times-table.ts';
import { kindOfWorkbook } from './read-workbook.ts';

/** A file of timing software: bytes in, times out. `gunMs`: the first gun, in ms since midnight at the place.
 *  Throws bad-input for a file that holds no times. */
export async function readTimingFile(
  bytes: Buffer,
  options: { gunMs: number },
): Promise<RawTiming & { encoding: ReadRows['encoding'] }> {
  requireUsualSize(bytes);
  if (kindOfWorkbook(bytes) === null) {
    const { text, encoding } = decodeText(bytes);
    const first = text.replace(/^\uFEFF/u, '').trimStart()[0];
    if (first === '<') return { ...readClax(text), encoding };
    if (first === '{' || first === '[') {
      return { ...readTimesTable(readJsonTable(text), { ...options, format: 'race-result' }), encoding };
    }
  }
  const { rows, encoding } = await readRows(bytes);
  return { ...readTimesTable(rows, options), encoding };
}
