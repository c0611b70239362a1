const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?$/;
const DAY_MS = 86_400_000;

/**
 * The instants at which a wall clock in `timeZone` (an IANA name) showed `local` (YYYY-MM-DDTHH:MM:SS.mmm), the earlier
 * first: none in the hour skipped in spring, two in the hour repeated in autumn. Null for nonsense.
 */
export function instantsOfLocalTime(local: string, timeZone: string): Date[] | null {
  const asUtc = readAsUtc(local);
  if (asUtc === null) return null;
  return [...offsetsAround(asUtc, timeZone)]
    .filter((offset) => offsetMs(asUtc - offset, timeZone) === offset)
    .map((offset) => new Date(asUtc - offset))
    .sort((a, b) => a.getTime() - b.getTime());
}

/** The same as one instant: of a time shown twice, the first; a skipped time counts on from before the jump. */
export function instantOfLocalTime(local: string, timeZone: string): Date | null {
  const instants = instantsOfLocalTime(local, timeZone);
  const asUtc = readAsUtc(local);
  if (instants === null || asUtc === null) return null;
  return instants[0] ?? new Date(asUtc - offsetMs(asUtc - DAY_MS, timeZone));
}

/** What the wall clock of `timeZone` shows: `YYYY-MM-DDTHH:MM:SS.mmm`. */
export function localTimeOf(instant: Date, timeZone: string): string {
  const shown = instant.getTime() + offsetMs(instant.getTime(), timeZone);
  return new Date(shown).toISOString().slice(0, -1);
}

function readAsUtc(local: string): number | null {
  const parts = LOCAL.exec(local);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const milliseconds = Number((parts[7] ?? '0').padEnd(3, '0'));
  const asUtc = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second, milliseconds);
  return new Date(asUtc).toISOString().slice(0, 19) === local.slice(0, 19) ? asUtc : null;
}

function offsetsAround(asUtc: number, timeZone: string): Set<number> {
  return new Set([offsetMs(asUtc - DAY_MS, timeZone), offsetMs(asUtc + DAY_MS, timeZone)]);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What must be added to UTC to get the wall clock of `timeZone` at this instant. */
function offsetMs(instant: number, timeZone: string): number {
  const shown = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => shown.get(name) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
