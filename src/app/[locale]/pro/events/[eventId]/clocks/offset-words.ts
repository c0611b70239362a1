const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 min 12,4 s", "2 h 0 min 3,1 s": the size of an offset, to a tenth of a second. */
export function durationWords(milliseconds: number, locale: string): string {
  let rest = Math.round(Math.abs(milliseconds) / 100) * 100;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 || parts.length > 0) parts.push(write(count, unit, 0, locale));
  }
  return [...parts, write(rest / 1000, 'second', 1, locale)].join(' ');
}

function write(count: number, unit: string, digits: number, locale: string): string {
  return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(count);
}

/** The parts of an offset as the form by hand shows them; seconds with their thousandths. */
export function offsetParts(offsetMs: number, locale: string) {
  const size = Math.abs(offsetMs);
  return {
    sign: offsetMs > 0 ? 'behind' : 'ahead',
    hours: String(Math.floor(size / 3_600_000)),
    minutes: String(Math.floor(size / 60_000) % 60),
    seconds: String((size % 60_000) / 1000).replace('.', locale === 'fr' ? ',' : '.'),
  };
}

/** Whether a part of an offset can be read; nothing counts as 0. */
export function isAmount(text: string): boolean {
  return amountOf(text) >= 0;
}

/** What must be added to a camera that is `ahead` or `behind` by so much, ms; NaN for what is no number. */
export function readOffset(parts: { sign: string; hours: string; minutes: string; seconds: string }): number {
  if (![parts.hours, parts.minutes, parts.seconds].every(isAmount)) return Number.NaN;
  const minutes = amountOf(parts.hours) * 60 + amountOf(parts.minutes);
  const size = Math.round((minutes * 60 + amountOf(parts.seconds)) * 1000);
  return parts.sign === 'ahead' ? 0 - size : size;
}

function amountOf(text: string): number {
  return Number(text.trim().replace(',', '.') || '0');
}
