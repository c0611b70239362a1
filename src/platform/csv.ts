type Cell = string | number | boolean;

/** A table for a spreadsheet: UTF-8 with its mark, CRLF, and no cell that a spreadsheet would execute. */
export function csvText(rows: Cell[][]): string {
  return `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** A cell that starts like a formula gets an apostrophe before it, as spreadsheets ask for. */
export function csvCell(value: Cell): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
