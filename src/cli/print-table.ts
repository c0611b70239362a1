import type { Messages } from './messages.ts';
import { bibsOf, type PhotoLine } from './photo-line.ts';

const maxFileWidth = 48;

/** The result as aligned columns on standard output. */
export function printTable(lines: PhotoLine[], messages: Messages): void {
  const rows = [messages.columns, ...lines.map((line) => rowOf(line, messages))];
  const widths = messages.columns.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function rowOf(line: PhotoLine, messages: Messages): string[] {
  const file = printable(line.file);
  const name = file.length > maxFileWidth ? `…${file.slice(1 - maxFileWidth)}` : file;
  if (line.error) return [name, messages.reasons[line.error], '', '', ''];
  const quality = `${line.qualityScore ?? ''}${line.blurry ? ` ${messages.blurry}` : ''}`;
  return [name, bibsOf(line, 'sure').join(' '), bibsOf(line, 'guess').join(' '), quality, line.takenAt ?? ''];
}

/** File names come from anywhere: a terminal must not obey them. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}
