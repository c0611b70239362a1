import type { Locale } from '#context.ts';

/** Where sellers may be: France, whose law invoices follow, the rest of the European Union, and Monaco, which has French VAT. */
const COUNTRIES = 'FR AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK'.split(
  ' ',
);

export function countryChoices(locale: Locale): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const [france = 'FR', ...others] = COUNTRIES;
  const named = (code: string) => ({ code, name: names.of(code) ?? code });
  return [
    named(france),
    ...others.map(named).toSorted((one, other) => one.name.localeCompare(other.name, locale)),
  ];
}
