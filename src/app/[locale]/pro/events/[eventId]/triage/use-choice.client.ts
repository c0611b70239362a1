import { useState } from 'react';
import type { TriagePhoto, TriageTag } from '#domain/triage/triage-photo.ts';
import { firstOpen } from './triage-words.client.ts';

/** Which of a photo's tags Enter accepts: the first open one until another is chosen. */
export function useChoice(photo: TriagePhoto | null): {
  chosen: TriageTag | null;
  choose: (steps: 1 | -1) => void;
} {
  const [choice, setChoice] = useState<{ photoId: string; bib: string } | null>(null);
  if (!photo) return { chosen: null, choose: () => undefined };
  const named =
    choice?.photoId === photo.photoId ? photo.tags.find(({ bib }) => bib === choice.bib) : undefined;
  const chosen = named && named.decision === null ? named : (firstOpen(photo) ?? named ?? null);
  return {
    chosen,
    choose(steps) {
      const from = chosen ? photo.tags.indexOf(chosen) : steps === 1 ? -1 : photo.tags.length;
      const tag = photo.tags[Math.min(Math.max(from + steps, 0), photo.tags.length - 1)];
      if (tag) setChoice({ photoId: photo.photoId, bib: tag.bib });
    },
  };
}
