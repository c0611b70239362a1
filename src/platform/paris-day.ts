const ZONE = 'Europe/Paris';

/** The day that an instant falls on where the law of the contract holds, such as `2026-11-23`. */
export function parisDay(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: ZONE }).format(instant);
}

/** The instant at which a day begins there. */
export function dayStart(day: string): Date {
  const utc = new Date(`${day}T00:00:00Z`);
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: ZONE }).format(utc));
  // Paris is one or two hours ahead, and never changes its clock at midnight.
  return new Date(utc.getTime() - hour * 3600_000);
}
