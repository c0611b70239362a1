const NOT_DECOMPOSED: Record<string, string> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Lower case, without accents, words parted by one space: 'Jean-François  LEFÈVRE' → 'jean francois lefevre'. */
export function normaliseName(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđðþı]/gu, (letter) => NOT_DECOMPOSED[letter] ?? letter)
    .replace(/['’`]/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What name search reads: the name in both orders. */
export function nameSearchText(firstName: string, lastName: string): string {
  const first = normaliseName(firstName);
  const last = normaliseName(lastName);
  return first === '' || last === '' ? `${first}${last}` : `${first} ${last} ${last} ${first}`;
}
