import type { TriageRunner } from '#domain/triage/triage-photo.ts';

const MOST_MATCHES = 5;

/** Whom the typed text may mean: the very bib first, then bibs that start so; with a letter also words of names. */
export function findMatches(runners: ReadonlyMap<string, TriageRunner>, typed: string): TriageRunner[] {
  const text = typed.trim();
  if (text === '') return [];
  const bib = text.toUpperCase();
  const words = plain(text).split(' ').filter(Boolean);
  const byName = /\p{L}/u.test(text);
  const exact = runners.get(bib);
  const found = exact ? [exact] : [];
  for (const runner of runners.values()) {
    if (found.length >= MOST_MATCHES) break;
    if (runner === exact) continue;
    if (runner.bib.startsWith(bib) || (byName && hasWords(runner.name, words))) found.push(runner);
  }
  return found;
}

function hasWords(name: string, words: string[]): boolean {
  const own = plain(name).split(' ');
  return words.every((word) => own.some((part) => part.startsWith(word)));
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('-', ' ');
}
