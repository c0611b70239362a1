import { formatClock } from '#ui/format-time.ts';

/** Date and time in the zone of the French law the receipt stands under, whose name is told. */
export function formatInstant(instant: Date, locale: string): string {
  const day = formatDay(instant, locale);
  const clock = formatClock(instant, { locale, timeZone: 'Europe/Paris' });
  return locale === 'fr' ? `${day} à ${clock}, heure de Paris` : `${day} at ${clock}, Paris time`;
}

/** The day alone, in the same zone. */
export function formatDay(instant: Date, locale: string): string {
  const format = { dateStyle: 'long', timeZone: 'Europe/Paris' } as const;
  return new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', format).format(instant);
}
