import type { Locale } from '#context.ts';

export const LOCALES: readonly Locale[] = ['fr', 'en'];

export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
