import type { TriagePhoto } from '#domain/triage/triage-photo.ts';

/** What happened besides, for a person to know. */
export type TriageNews =
  | { kind: 'overtaken'; photoId: string; by: string | null }
  | { kind: 'kept'; bibs: string[]; by: string | null }
  | { kind: 'nothing-to-undo' }
  /** Nothing of the act was saved: what was typed is in no start list, which another acceptance overrules. */
  | { kind: 'unlisted'; photoId: string; bibs: string[] }
  | { kind: 'not-saved'; photoId: string; message: string }
  | { kind: 'not-undone'; message: string };

export interface TriageView {
  state: 'loading' | 'ready' | 'failed';
  /** Why nothing could be loaded, in words of the server; null when it was not reached. */
  failure: string | null;
  photo: TriagePhoto | null;
  ahead: TriagePhoto[];
  behind: number;
  /** Passed over and still open. */
  skipped: number;
  left: number;
  decided: number;
  decidedPerHour: number | null;
  unsaved: number;
  stuck: boolean;
  canUndo: boolean;
  news: TriageNews | null;
}
