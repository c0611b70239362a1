const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Hours, minutes and seconds of a file, in ms, with how finely they were written. */
export interface ReadTime {
  ms: number;
  precisionMs: number;
}

/** Wiclax writes the milliseconds after the comma as a number without leading zeros: `45,88` is 45.088 s. */
const WICLAX = /^(\d{1,3})h(\d{1,2})'(\d{1,2})(?:,(\d{1,3}))?$/u;

/** `10h35'54,183` of a `.clax` file. Null when it is none, such as a word for a runner who gave up. */
export function readWiclaxTime(text: string): ReadTime | null {
  const found = WICLAX.exec(text.trim());
  if (!found) return null;
  const [, hours, minutes, seconds, thousandths] = found;
  if (Number(minutes) > 59 || Number(seconds) > 59) return null;
  return {
    ms: clockMs(Number(hours), Number(minutes), Number(seconds)) + Number(thousandths ?? 0),
    precisionMs: thousandths === undefined ? 1000 : 1,
  };
}

const COLONS = /^(?:(\d{1,3})[:h])?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?$/u;
const LETTERS =
  /^(?:(\d{1,3})\s*h)?\s*(?:(\d{1,2})\s*(?:m|mn|min|')?)?\s*(?:(\d{1,2})(?:[.,](\d{1,6}))?\s*(?:s|''|")?)?$/iu;
const DAYS = /^(\d{1,2})\s*(?:j|d|t)\s+(.+)$/iu;

/**
 * Hours, minutes and seconds in any usual writing: `10:35:54.183`, `35:54` (minutes and seconds), `12h34m56s`, `13h02'11''`,
 * `1j 02:10:00`. Here the fraction is a decimal one. Null for anything else.
 */
export function readTimeText(text: string): ReadTime | null {
  const trimmed = text.trim().toLowerCase();
  const withDays = DAYS.exec(trimmed);
  if (withDays?.[1] && withDays[2]) {
    const rest = readTimeText(withDays[2]);
    return rest && { ...rest, ms: rest.ms + Number(withDays[1]) * DAY_MS };
  }
  if (!/\d[:h'm]|\d\s*s$/u.test(trimmed)) return null;
  const found = (trimmed.includes(':') ? COLONS : LETTERS).exec(trimmed);
  if (!found) return null;
  const [, hours = '0', minutes = '0', seconds = '0', fraction] = found;
  if (Number(seconds) > 59 || (Number(minutes) > 59 && Number(hours) > 0)) return null;
  return {
    ms: clockMs(Number(hours), Number(minutes), Number(seconds)) + fractionMs(fraction),
    precisionMs: fraction === undefined ? 1000 : 10 ** Math.max(0, 3 - fraction.length),
  };
}

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/u;
const EUROPEAN =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,6}))?)?$/u;

/** A day with a time: an instant when the zone is written with it, else a local time. Null for anything else. */
export function readDayAndTime(
  text: string,
): { local: string; precisionMs: number } | { at: Date; precisionMs: number } | null {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  const european = EUROPEAN.exec(trimmed);
  const parts = iso
    ? iso.slice(1, 8)
    : european
      ? [european[3], european[2], european[1], ...european.slice(4, 8)]
      : null;
  if (!parts) return null;
  const [year, month = '', day = '', hour = '', minute, second, fraction] = parts;
  const two = (part: string) => part.padStart(2, '0');
  const precisionMs =
    second === undefined ? MINUTE_MS : fraction ? 10 ** Math.max(0, 3 - fraction.length) : 1000;
  const millis = String(fractionMs(fraction)).padStart(3, '0');
  const local = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second ?? '00'}.${millis}`;
  const zone = iso?.[8];
  if (zone === undefined) return { local, precisionMs };
  const at = new Date(`${local}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`);
  return Number.isNaN(at.getTime()) ? null : { at, precisionMs };
}

function clockMs(hours: number, minutes: number, seconds: number): number {
  return hours * HOUR_MS + minutes * MINUTE_MS + seconds * 1000;
}

function fractionMs(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
}
