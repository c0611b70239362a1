const LETTERS = '0123456789';
const LONGEST_BIB = 8;

/** Every other bib one slip away: a digit changed, dropped, added, or two neighbours swapped. At most some 170. */
export function listNearBibs(bib: string): string[] {
  const near = new Set<string>();
  if (bib.length > LONGEST_BIB) return [];
  for (let at = 0; at <= bib.length; at += 1) {
    const [start, end] = [bib.slice(0, at), bib.slice(at)];
    for (const letter of LETTERS) {
      near.add(start + letter + end);
      if (end !== '') near.add(start + letter + end.slice(1));
    }
    if (end !== '') near.add(start + end.slice(1));
    if (end.length > 1) near.add(start + end.charAt(1) + end.charAt(0) + end.slice(2));
  }
  near.delete(bib);
  near.delete('');
  return [...near];
}

/** The bib a person may mean: without spaces, '#', 'n°' and in capitals. Null when it holds no digit or is no bib. */
export function readBibQuery(query: string): string | null {
  const bib = query
    .trim()
    .replace(/^(?:n[o°º]\.?|no\.|num[ée]ro|dossard|bib|#)\s*/iu, '')
    .replace(/\s+/gu, '')
    .toUpperCase();
  return /^[A-Z]{0,4}-?\d{1,7}[A-Z]?$/.test(bib) ? bib : null;
}
