type Cell = string | number | boolean;

/** First in a file, so that spreadsheets read it as UTF-8. */
export const CSV_MARK = '\ufeff';

/** One line of a table, its end included. */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A cell that starts like a formula gets an apostrophe before it, as spreadsheets ask for. */
export function csvCell(value: Cell): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
