/** "12,5" → 1250 ten thousandths; 0 for nothing, NaN for what is no percentage with at most two decimals. */
export function readBps(text: string): number {
  const plain = text.replace(/[\s%]/gu, '');
  if (plain === '') return 0;
  const found = /^(\d{1,3})(?:[.,](\d{1,2}))?$/u.exec(plain);
  if (!found) return Number.NaN;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** 1250 → "12,5". */
export function printBps(bps: number, locale: string): string {
  return (bps / 100).toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 2 });
}
