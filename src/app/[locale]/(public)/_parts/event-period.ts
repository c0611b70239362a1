/** The part of the calendar that the events page shows: one day, one month, or all. */
export interface EventPeriod {
  kind: 'day' | 'month' | 'all';
  /** `YYYY-MM-DD` or `YYYY-MM`; '' for all. */
  text: string;
}

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/u;

/** From the address; what is no date shows all. */
export function readEventPeriod(query: { day?: string; month?: string }): EventPeriod {
  if (query.day && DAY.test(query.day)) return { kind: 'day', text: query.day };
  if (query.month && MONTH.test(query.month)) return { kind: 'month', text: query.month };
  return { kind: 'all', text: '' };
}

/** Its first and last day; undefined for all. Days compare as text, so the 31st ends every month. */
export function daysOfPeriod({ kind, text }: EventPeriod): { first: string; last: string } | undefined {
  if (kind === 'all') return undefined;
  return kind === 'day' ? { first: text, last: text } : { first: `${text}-01`, last: `${text}-31` };
}

/** The weeks of a month (`YYYY-MM`), Monday first; null pads the first and the last one. */
export function weeksOfMonth(month: string): (string | null)[][] {
  const start = new Date(`${month}-01T00:00:00Z`);
  const before = (start.getUTCDay() + 6) % 7;
  const end = new Date(start);
  end.setUTCMonth(end.getUTCMonth() + 1, 0);
  const count = end.getUTCDate();
  const cells = Array.from({ length: Math.ceil((before + count) / 7) * 7 }, (_, index) => {
    const day = index - before + 1;
    return day >= 1 && day <= count ? `${month}-${String(day).padStart(2, '0')}` : null;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Noon of a day or of a month's first day, so that every zone of Europe names the same date. */
export function instantOfPeriod(text: string): Date {
  return new Date(`${text.length === 7 ? `${text}-01` : text}T12:00:00Z`);
}
