import { editDistance } from './edit-distance.ts';

const MAX_WORDS = 5;
const MOST_FORMS = 40;
const LEAST_PART = 2;

export interface NearWord {
  word: string;
  slips: number;
}

/** One way to understand what was typed: for each word the words of the start list that it may mean, the nearest first. */
export type Understanding = NearWord[][];

/**
 * What typed words may mean among the words of a start list, with at most `slips` slips of the finger in each: as they
 * stand, with two neighbours written together ('le brun', 'lebrun'), or with one word that is two ('jeanfrancois').
 */
export function understandWords(
  typed: readonly string[],
  vocabulary: ReadonlySet<string>,
  slips: number,
): Understanding[] {
  const words = typed.slice(0, MAX_WORDS);
  const joined = words
    .slice(1)
    .map((word, index) => [...words.slice(0, index), `${words[index]}${word}`, ...words.slice(index + 2)]);
  const near = new Map<string, NearWord[]>();
  const nearOf = (word: string) => {
    const known = near.get(word) ?? findNearWords(word, vocabulary, slips);
    near.set(word, known);
    return known;
  };
  return [words, ...joined]
    .map((one) => one.flatMap((word) => understandWord(word, vocabulary, nearOf(word))))
    .filter((understanding) => understanding.every((forms) => forms.length > 0));
}

function understandWord(word: string, vocabulary: ReadonlySet<string>, near: NearWord[]): Understanding {
  if (near.length > 0) return [near];
  for (let at = LEAST_PART; at <= word.length - LEAST_PART; at += 1) {
    const parts = [word.slice(0, at), word.slice(at)];
    if (parts.every((part) => vocabulary.has(part))) return parts.map((part) => [{ word: part, slips: 0 }]);
  }
  return [[]];
}

/** A beginning costs next to nothing, but more than the whole word. */
const BEGINNING_COST = 0.1;

/** The words one may have meant, the nearest first: begun with what was typed, or a few slips away. */
function findNearWords(word: string, vocabulary: ReadonlySet<string>, slips: number): NearWord[] {
  const allowed = Math.min(slips, allowedSlips(word));
  const letters = lettersOf(word);
  const near: NearWord[] = [];
  for (const known of vocabulary) {
    const cost = slipsOfWord(word, known, allowed, letters);
    if (cost !== null) near.push({ word: known, slips: cost });
  }
  return near.sort((a, b) => a.slips - b.slips || (a.word < b.word ? -1 : 1)).slice(0, MOST_FORMS);
}

function slipsOfWord(word: string, known: string, allowed: number, letters: number): number | null {
  if (known === word) return 0;
  if (known.startsWith(word)) return BEGINNING_COST;
  if (Math.abs(known.length - word.length) > allowed) return null;
  // A slip changes at most two letters of the set: this spares nearly all comparisons.
  if (countBits(lettersOf(known) ^ letters) > 2 * allowed) return null;
  const slips = editDistance(word, known, allowed);
  return slips <= allowed ? slips : null;
}

/** Two letters say too little to be wrong in one of them. */
function allowedSlips(word: string): number {
  if (word.length < 3) return 0;
  return word.length < 6 ? 1 : 2;
}

/** Which letters a word has, as bits; signs of other scripts share them. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
