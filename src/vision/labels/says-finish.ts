/** What stands on arches and banners at the end of a race, in the languages of races in France and around it. */
const finishWords = ['FINISH', 'ARRIVEE', 'ARRIVO', 'LLEGADA', 'AANKOMST'];
/** Many an arch serves both ends of a race and says so: it tells nothing. */
const startWords = ['START', 'DEPART', 'PARTENZA', 'SALIDA'];
/** Letters on a banner that bulges: one of them may be misread. */
const mostErrors = 1;
const leastConfidence = 0.7;

export interface Word {
  text: string;
  /** Of the recogniser, 0..1. */
  confidence: number;
}

/** Whether the words of a photo are those of a finish. */
export function saysFinish(words: readonly Word[]): boolean {
  const read = words
    .filter(({ confidence }) => confidence >= leastConfidence)
    .flatMap(({ text }) => text.split(/\s+/))
    .map(plainLetters)
    .flatMap((word) => [word, withoutDoubles(word)]);
  const says = (sought: readonly string[]) =>
    read.some((word) => sought.some((letters) => differences(word, letters) <= mostErrors));
  return says(finishWords) && !says(startWords);
}

function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '');
}

/** Stretched letters are read twice: FIINNISH. */
function withoutDoubles(letters: string): string {
  return letters.replace(/(.)\1+/g, '$1');
}

/** Levenshtein's distance: letters to add, leave out or change. */
function differences(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
