import { type RefObject, useRef, useState } from 'react';
import type { TriagePhoto, TriageRunner } from '#domain/triage/triage-photo.ts';
import { findMatches } from './find-matches.client.ts';
import type { Triage } from './use-triage.client.ts';

export interface Entry {
  field: RefObject<HTMLInputElement | null>;
  typed: string;
  matches: TriageRunner[];
  /** Which of the matches Enter takes; -1 for what was typed. */
  pickedIndex: number;
  picked: TriageRunner | null;
  /** The typed bib is in no start list, and was confirmed once. */
  doubted: boolean;
  type: (text: string) => void;
  pick: (steps: number) => void;
  /** The bib as it is to be sent; null when it is in no start list and must be confirmed again. */
  confirm: (bib: string, photo: TriagePhoto) => { bib: string; unlisted: boolean } | null;
}

/** A bib or a name that is being typed. */
export function useEntry({ runners }: Pick<Triage, 'runners'>): Entry {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<number | null>(null);
  const [doubt, setDoubt] = useState<string | null>(null);
  const matches = runners ? findMatches(runners, typed) : [];
  const isBib = runners?.has(typed.trim().toUpperCase()) || !/\p{L}{2}/u.test(typed);
  const pickedIndex = Math.min(chosen ?? (isBib ? -1 : 0), matches.length - 1);
  return {
    ...{ field, typed, matches, pickedIndex },
    picked: matches[pickedIndex] ?? null,
    doubted: doubt !== null && doubt === typed.trim().toUpperCase(),
    type(text) {
      setTyped(text);
      setChosen(null);
      setDoubt(null);
    },
    pick: (steps) => setChosen(Math.min(Math.max(pickedIndex + steps, -1), matches.length - 1)),
    confirm(text, photo) {
      const bib = text.trim().toUpperCase();
      const isKnown = runners === null || runners.size === 0 || runners.has(bib);
      if (isKnown || photo.tags.some((tag) => tag.bib === bib)) return { bib, unlisted: false };
      if (doubt === bib) return { bib, unlisted: true };
      setDoubt(bib);
      return null;
    },
  };
}
