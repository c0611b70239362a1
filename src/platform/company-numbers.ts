/** Nine digits that name a French company, the last of them a check by Luhn. */
export function isSiren(text: string): boolean {
  return /^\d{9}$/.test(text) && holdsLuhn(text);
}

/** SIREN and the five digits of one place of business. Those of La Poste may hold by their plain sum instead (INSEE). */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || !isSiren(text.slice(0, 9))) return false;
  const sum = [...text].reduce((total, digit) => total + Number(digit), 0);
  return holdsLuhn(text) || (text.startsWith('356000000') && sum % 5 === 0);
}

function holdsLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** What follows the two letters of a VAT number, by country (European Commission, VIES FAQ). Greece writes EL; Monaco has French ones. */
const VAT_FORMS: Record<string, RegExp> = {
  AT: /^ATU\d{8}$/,
  BE: /^BE[01]\d{9}$/,
  BG: /^BG\d{9,10}$/,
  CY: /^CY\d{8}[A-Z]$/,
  CZ: /^CZ\d{8,10}$/,
  DE: /^DE\d{9}$/,
  DK: /^DK\d{8}$/,
  EE: /^EE\d{9}$/,
  ES: /^ES[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^FI\d{8}$/,
  FR: /^FR[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GR: /^EL\d{9}$/,
  HR: /^HR\d{11}$/,
  HU: /^HU\d{8}$/,
  IE: /^IE(?:\d{7}[A-Z]{1,2}|\d[A-Z0-9+*]\d{5}[A-Z])$/,
  IT: /^IT\d{11}$/,
  LT: /^LT(?:\d{9}|\d{12})$/,
  LU: /^LU\d{8}$/,
  LV: /^LV\d{11}$/,
  MC: /^FR[A-HJ-NP-Z0-9]{2}\d{9}$/,
  MT: /^MT\d{8}$/,
  NL: /^NL[A-Z0-9+*]{12}$/,
  PL: /^PL\d{10}$/,
  PT: /^PT\d{9}$/,
  RO: /^RO\d{2,10}$/,
  SE: /^SE\d{12}$/,
  SI: /^SI\d{8}$/,
  SK: /^SK\d{10}$/,
};

/** By its form, and for an all-digit French key by its sum; whether it was given out, only VIES could say. */
export function isVatNumber(text: string, country: string): boolean {
  if (!VAT_FORMS[country]?.test(text)) return false;
  const [, key, siren] = /^FR(\d{2})(\d{9})$/.exec(text) ?? [];
  if (!key || !siren) return true;
  return (12 + 3 * (Number(siren) % 97)) % 97 === Number(key);
}

/** Letters in upper case and digits, without the spaces and points that people write between them. */
export function compactNumber(text: string): string {
  return text.toUpperCase().replaceAll(/[\s.\-–]/g, '');
}
