import { writeFile } from 'node:fs/promises';
import { CSV_MARK, csvRow } from '#platform/csv.ts';
import { bibsOf, type PhotoLine } from './photo-line.ts';

const headings = [
  'file',
  'bibs',
  'to_check',
  'quality',
  'blurry',
  'taken_at',
  'width_px',
  'height_px',
  'error',
  'sharpness',
  'exposure',
  'horizon',
  'labels',
  'edited',
  'stack',
  'best_of_stack',
];

/** One row per photo, for a spreadsheet: UTF-8 with its mark, CRLF, and no cell that a spreadsheet would execute. */
export async function writeCsv(path: string, lines: PhotoLine[]): Promise<void> {
  const rows = lines.map((line) => [
    line.file,
    bibsOf(line, 'sure').join(' '),
    bibsOf(line, 'guess').join(' '),
    line.qualityScore ?? '',
    line.blurry ?? '',
    line.takenAt ?? '',
    line.widthPx ?? '',
    line.heightPx ?? '',
    line.error ?? '',
    line.quality?.sharpness ?? '',
    line.quality?.exposure ?? '',
    line.quality?.horizon ?? '',
    (line.labels ?? []).map(({ name }) => name).join(' '),
    line.edited ?? '',
    line.stack ?? '',
    line.best ?? '',
  ]);
  await writeFile(path, CSV_MARK + [headings, ...rows].map(csvRow).join(''));
}
