import 'server-only';
import { getFormatter } from 'next-intl/server';

/** Instants for operators, who compare them with logs and with the provider's pages: always in UTC, and saying so. */
export async function utcInstants(timeStyle: 'short' | 'medium' = 'short'): Promise<(at: Date) => string> {
  const format = await getFormatter();
  return (at) => `${format.dateTime(at, { dateStyle: 'medium', timeStyle, timeZone: 'UTC' })} UTC`;
}
