import type { ReadRunner } from './start-list.ts';

const NAME_MAX = 80;
const BIB_PATTERN = /^[\p{L}\p{N}](?:[\p{L}\p{N} ./_-]{0,22}[\p{L}\p{N}])?$/u;
/** Signs that turn the direction of what follows: a name could then be shown as another. */
const DIRECTION_SIGNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line of visible text: no line ends, no hard spaces, no signs that reverse what follows. */
export function cleanText(cell: string): string {
  return cell.replace(DIRECTION_SIGNS, '').replace(/\s+/gu, ' ').trim().normalize('NFC');
}

/** A bib as it is printed; zeros and letters are kept. Null when it cannot be one. */
export function readBib(cell: string): string | null {
  const bib = cleanText(cell)
    .replace(/^(?:n\s*°|n°|no\.|#)\s*/iu, '')
    .toUpperCase();
  return BIB_PATTERN.test(bib) ? bib : null;
}

/** 'DURAND Anne' and 'Anne DURAND': the words in capitals are the last name. Without capitals the last word is. */
export function splitFullName(name: string): { firstName: string; lastName: string } {
  const comma = /^([^,]+),\s*(.+)$/u.exec(name);
  if (comma?.[1] && comma[2]) return { firstName: comma[2], lastName: comma[1].trim() };
  const words = name.split(' ').filter(Boolean);
  const capitals = words.filter(isCapitals);
  if (capitals.length > 0 && capitals.length < words.length) {
    return { firstName: words.filter((word) => !isCapitals(word)).join(' '), lastName: capitals.join(' ') };
  }
  if (words.length < 2) return { firstName: '', lastName: name };
  // All in capitals is the way of timing software, last name first.
  if (capitals.length === words.length)
    return { firstName: words.slice(1).join(' '), lastName: words[0] ?? '' };
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? '' };
}

function isCapitals(word: string): boolean {
  const letters = word.replace(/[^\p{L}]/gu, '');
  return letters.length > 1 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
}

export function isNameTooLong(name: string): boolean {
  return name.length > NAME_MAX;
}

// biome-ignore format: one line per gender reads better than one per spelling.
const GENDERS: Record<string, ReadRunner['gender']> = {
  m: 'M', h: 'M', '1': 'M', male: 'M', homme: 'M', masculin: 'M', man: 'M', men: 'M', uomo: 'M', maschio: 'M', mann: 'M', herr: 'M',
  f: 'F', '2': 'F', w: 'F', d: 'F', female: 'F', femme: 'F', feminin: 'F', féminin: 'F', woman: 'F', women: 'F', donna: 'F',
  femmina: 'F', frau: 'F', dame: 'F', x: 'X', nb: 'X', autre: 'X', other: 'X', divers: 'X',
};

export function readGender(cell: string): ReadRunner['gender'] {
  return GENDERS[cell.toLowerCase().replace(/\.$/u, '')] ?? null;
}

const YES = new Set('oui o yes y 1 true vrai x ok ja si sì accord accepte accepté autorise'.split(' '));
const NO = new Set('non n no 0 false faux nein'.split(' '));
const REFUSED = new Set('refus refuse refusé refusée opposé opposition declined refused'.split(' '));

/** A consent as organisers write one. Null when the cell says neither. */
export function readConsent(cell: string): boolean | null {
  const word = yesOrNoWord(cell);
  if (YES.has(word)) return true;
  return NO.has(word) || REFUSED.has(word) ? false : null;
}

/** A refusal as organisers write one: 'oui' and 'refuse' both refuse. Null when the cell says neither. */
export function readRefusal(cell: string): boolean | null {
  const word = yesOrNoWord(cell);
  return REFUSED.has(word) || word === 'accord' ? word !== 'accord' : readConsent(cell);
}

/** 'J’accepte.' → 'accepte'. */
function yesOrNoWord(cell: string): string {
  return cell
    .toLowerCase()
    .replace(/^(?:j['’]|je )/u, '')
    .replace(/[.!]$/u, '');
}

export interface Birth {
  year: number;
  month: number | null;
  day: number | null;
}

/** A year, or a date as written in Europe or by ISO. Null when it is neither. */
export function readBirth(cell: string, raceYear: number): Birth | null {
  const text = cell.replace(/[T ]\d{1,2}:.*$/u, '');
  if (/^\d{4}$/u.test(text)) return plausible(Number(text), null, null, raceYear);
  const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/u.exec(text);
  if (iso) return plausible(Number(iso[1]), Number(iso[2]), Number(iso[3]), raceYear);
  const european = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/u.exec(text);
  if (!european) return null;
  const written = Number(european[3]);
  return plausible(
    written < 100 ? centuryOf(written, raceYear) : written,
    Number(european[2]),
    Number(european[1]),
    raceYear,
  );
}

function centuryOf(year: number, raceYear: number): number {
  const century = raceYear - (raceYear % 100);
  return century + year > raceYear ? century - 100 + year : century + year;
}

function plausible(year: number, month: number | null, day: number | null, raceYear: number): Birth | null {
  if (year < raceYear - 120 || year > raceYear) return null;
  if (month !== null && (month < 1 || month > 12)) return null;
  if (day !== null && (day < 1 || day > 31)) return null;
  return { year, month, day };
}

/** Under 18 on race day. With the year alone, whoever may still be 17 that day counts as a minor. */
export function isMinorOn(birth: Birth, raceDay: { year: number; month: number; day: number }): boolean {
  const age = raceDay.year - birth.year;
  if (birth.month === null || birth.day === null) return age <= 18;
  const hadBirthday =
    raceDay.month > birth.month || (raceDay.month === birth.month && raceDay.day >= birth.day);
  return age - (hadBirthday ? 0 : 1) < 18;
}

/** The French federation's categories below junior: éveil, poussin, benjamin, minime, cadet. */
export function isMinorCategory(category: string): boolean {
  return /^(?:EA|PO|BE|MI|CA)(?:[HFM]|$|[ -])/u.test(category.toUpperCase()) || /^U1[0-8]\b/iu.test(category);
}
