import type { TriagePhoto, TriageTag } from '#domain/triage/triage-photo.ts';

/** What one act says: of tags, and of photos on which nobody else can be named. */
export interface ActWords {
  decisions: { photoId: string; bib: string; decision: 'confirmed' | 'rejected' }[];
  settle: string[];
  /** The person knows that the bib is in no start list. */
  unlisted: boolean;
}

/** A photo as it stands once the act is saved. */
export function applyWords(photo: TriagePhoto, words: ActWords): TriagePhoto {
  const said = new Map(
    words.decisions
      .filter(({ photoId }) => photoId === photo.photoId)
      .map((word) => [word.bib, word.decision]),
  );
  const tags = photo.tags.map((tag): TriageTag => {
    const decision = said.get(tag.bib);
    return decision ? { ...tag, decision, published: decision === 'confirmed', doubtful: false } : tag;
  });
  const typed = [...said].filter(([bib, decision]) => {
    return decision === 'confirmed' && !photo.tags.some((tag) => tag.bib === bib);
  });
  tags.push(...typed.map(([bib]) => typedTag(bib)));
  const waits = tags.some((tag) => tag.doubtful) || (photo.part === 'unknown' && said.size === 0);
  const settled = words.settle.includes(photo.photoId) || !waits;
  return { ...photo, tags, part: settled ? 'settled' : photo.part };
}

/** Accepting a bib refuses those that stand at its place. */
export function acceptWords(photo: TriagePhoto, tag: TriageTag, photoIds: string[]): ActWords {
  return {
    decisions: [...confirm(tag.bib, photoIds), ...rejectRivals(photo, tag, photoIds)],
    settle: [],
    unlisted: false,
  };
}

/** A typed bib stands instead of the chosen tag, or beside it when none is given. */
export function typedWords(
  photo: TriagePhoto,
  bib: string,
  { instead, photoIds, unlisted }: { instead: TriageTag | null; photoIds: string[]; unlisted: boolean },
): ActWords {
  const wrong = instead && instead.bib !== bib && instead.decision === null ? instead : null;
  const known = photo.tags.find((tag) => tag.bib === bib);
  const refused = [
    ...(wrong ? [...reject(wrong.bib, photoIds), ...rejectRivals(photo, wrong, photoIds)] : []),
    ...(known ? rejectRivals(photo, known, photoIds) : []),
  ].filter((word) => word.bib !== bib);
  return { decisions: [...confirm(bib, photoIds), ...refused], settle: [], unlisted };
}

export function rejectWords(tag: TriageTag, photoIds: string[]): ActWords {
  return { decisions: reject(tag.bib, photoIds), settle: [], unlisted: false };
}

/** By photo and bib, what an act accepts. */
export function confirmedOf({ decisions }: ActWords): string[] {
  return decisions.flatMap(({ photoId, bib, decision }) =>
    decision === 'confirmed' ? [`${photoId}/${bib}`] : [],
  );
}

/** What Enter accepts unless another one is chosen. */
export function firstOpen(photo: TriagePhoto): TriageTag | null {
  return photo.tags.find((tag) => tag.doubtful) ?? null;
}

function confirm(bib: string, photoIds: string[]): ActWords['decisions'] {
  return photoIds.map((photoId) => ({ photoId, bib, decision: 'confirmed' }));
}

function reject(bib: string, photoIds: string[]): ActWords['decisions'] {
  return photoIds.map((photoId) => ({ photoId, bib, decision: 'rejected' }));
}

function rejectRivals(photo: TriagePhoto, tag: TriageTag, photoIds: string[]): ActWords['decisions'] {
  const open = photo.tags.filter(({ bib, decision }) => decision === null && tag.rivals.includes(bib));
  return open.flatMap(({ bib }) => reject(bib, photoIds));
}

function typedTag(bib: string): TriageTag {
  const evidence: TriageTag['evidence'] = [{ kind: 'person', weight: 0, values: { decision: 'confirmed' } }];
  return {
    ...{ bib, probability: 1, box: null, evidence, decision: 'confirmed' },
    ...{ published: true, doubtful: false, rivals: [], runner: null },
  };
}
