import { decodeText, type TextEncoding } from './decode-text.ts';
import type { RawTiming } from './passage.ts';
import { readClax } from './read-clax.ts';
import { readJsonTable } from './read-race-result.ts';
import { readTable } from './read-table.ts';
import { readTimesTable } from './read-times-table.ts';

/** A file of timing software: bytes in, times out. `gunMs`: the first gun, in ms since midnight at the place. Pure.
 *  Throws bad-input for a file that holds no times. */
export function readTimingFile(
  bytes: Buffer,
  options: { gunMs: number },
): RawTiming & { encoding: TextEncoding } {
  const { text, encoding } = decodeText(bytes);
  return { ...readText(text.replace(/^\uFEFF/u, ''), options), encoding };
}

function readText(text: string, options: { gunMs: number }): RawTiming {
  const first = text.trimStart()[0];
  if (first === '<') return readClax(text);
  if (first === '{' || first === '[') {
    return readTimesTable(readJsonTable(text), { ...options, format: 'race-result' });
  }
  return readTimesTable(readTable(text).rows, options);
}
