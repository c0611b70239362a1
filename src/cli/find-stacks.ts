import { findStacks, type StackFrame } from '#domain/photos/stack.ts';
import { mainPerson } from '#vision/persons/main-person.ts';
import type { PhotoResult } from './read-photos.ts';

export interface PhotoStack {
  /** From 1 within this folder. */
  stack: number;
  /** Whether it is the one to show for its stack. */
  best: boolean;
}

/** The stack of each photo, by the rules of the galleries; null for one that stands alone. A file without a time has its
 *  place in the folder. */
export function findFolderStacks(results: readonly PhotoResult[]): (PhotoStack | null)[] {
  const found: (PhotoStack | null)[] = results.map(() => null);
  const stacks = findStacks(results.flatMap((result, index) => frameOf(result, index)));
  for (const [index, { photoIds, leadId }] of stacks.entries()) {
    for (const id of photoIds) found[Number(id)] = { stack: index + 1, best: id === leadId };
  }
  return found;
}

function frameOf({ analysis }: PhotoResult, index: number): StackFrame[] {
  if (!analysis) return [];
  const { capture, quality, persons = [], bibs = [], perceptualHash } = analysis;
  const { make, model, bodySerial, takenAtLocal, sequence } = capture;
  const cameraAtMs = takenAtLocal ? Date.parse(`${takenAtLocal}Z`) : null;
  const sure = bibs.filter(({ kind, partial }) => kind === 'sure' && !partial);
  const subject = mainPerson(persons, bibs);
  return [
    {
      photoId: String(index),
      cameraKey: make || model || bodySerial ? [make, model, bodySerial].join(' ') : null,
      cameraAtMs,
      sortAtMs: cameraAtMs ?? index * 1000,
      sequence,
      perceptualHash: perceptualHash ?? null,
      bibs: [...new Set(sure.map(({ bib }) => bib))],
      qualityScore: quality?.score ?? null,
      blurry: quality?.blurry ?? false,
      pixels: analysis.widthPx * analysis.heightPx,
      subjectShare: subject ? subject.w * subject.h : 0,
      clothing: persons.find(({ box }) => box === subject)?.clothing ?? null,
      hidden: false,
    },
  ];
}
