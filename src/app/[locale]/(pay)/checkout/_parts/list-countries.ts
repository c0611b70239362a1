/** Groups of countries, and places without people: no address is in them. */
const NO_ADDRESS = new Set([
  'AC',
  'AN',
  'AQ',
  'BV',
  'CP',
  'CQ',
  'CS',
  'DG',
  'EA',
  'EU',
  'EZ',
  'FX',
  'HM',
  'IC',
  'NT',
  'QO',
  'SU',
  'TA',
  'TP',
  'UK',
  'UN',
  'XA',
  'XB',
  'YU',
  'ZR',
  'ZZ',
  'BU',
  'DD',
  'YD',
]);
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Where most runners live comes first. */
const FIRST = 'FR';

/** The countries of ISO 3166 by their names in a language, as Intl knows them. */
export function listCountries(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' });
  const countries = LETTERS.flatMap((first) =>
    LETTERS.flatMap((second) => {
      const code = `${first}${second}`;
      const name = NO_ADDRESS.has(code) ? undefined : names.of(code);
      return name ? [{ code, name }] : [];
    }),
  ).sort((one, other) => one.name.localeCompare(other.name, locale));
  return [
    ...countries.filter(({ code }) => code === FIRST),
    ...countries.filter(({ code }) => code !== FIRST),
  ];
}
