import { locale as rootLocale } from 'next/root-params';
import { getRequestConfig } from 'next-intl/server';
import { isLocale } from './locales.ts';
import { loadMessages } from './messages.ts';

/** The language is in the address. Nothing of the request is read, so that pages can be kept. */
export default getRequestConfig(async ({ locale: asked }) => {
  const named = asked ?? (await rootLocale());
  const locale = isLocale(named) ? named : 'fr';
  return { locale, messages: await loadMessages(locale), timeZone: 'UTC' };
});
