interface Place {
  locale: string;
  /** IANA name. */
  timeZone: string;
}

/** The clock on the wall: "10 h 42" in French, "10:42" elsewhere. */
export function formatClock(instant: Date, place: Place): string {
  const { hour, minute } = clockParts(instant, place.timeZone);
  const minutes = String(minute).padStart(2, '0');
  return place.locale === 'fr' ? `${hour} h ${minutes}` : `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** The hour that groups photos: "10 h" in French, "10:00" elsewhere. */
export function formatHour(hour: number, locale: string): string {
  return locale === 'fr' ? `${hour} h` : `${String(hour).padStart(2, '0')}:00`;
}

/** "dimanche 21 juin 2026". */
export function formatDay(instant: Date, place: Place): string {
  return new Intl.DateTimeFormat(place.locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'full',
    timeZone: place.timeZone,
  }).format(instant);
}

/** "juin 2026". */
export function formatMonth(instant: Date, place: Place): string {
  return new Intl.DateTimeFormat(place.locale === 'fr' ? 'fr-FR' : 'en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: place.timeZone,
  }).format(instant);
}

/** Hour and minute of an instant where the race is run. */
export function clockParts(instant: Date, timeZone: string): { hour: number; minute: number } {
  const parts = clockOf(timeZone).formatToParts(instant);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { hour: read('hour'), minute: read('minute') };
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** "14 juin, 10 h 42". */
export function formatMoment(instant: Date, place: Place): string {
  const day = new Intl.DateTimeFormat(place.locale === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: place.timeZone,
  }).format(instant);
  return `${day}, ${formatClock(instant, place)}`;
}
