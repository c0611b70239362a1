import { formatClock } from '#ui/format-time.ts';

/** Date and time in the zone of the French law the receipt stands under, whose name is told. */
export function formatInstant(instant: Date, locale: string): string {
  const day = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Paris',
  }).format(instant);
  const clock = formatClock(instant, { locale, timeZone: 'Europe/Paris' });
  return locale === 'fr' ? `${day} à ${clock}, heure de Paris` : `${day} at ${clock}, Paris time`;
}
