/**
 * What the weighing of evidence is given and gives. Plain values without a database, so that a simulated event and a real
 * one are weighed by the same code. Instants are ms since 1970, UTC; boxes are normalised to the upright image.
 */
import type { BibRead, BoxNorm, Clothing } from '#vision/findings.ts';

export type FrameRead = Pick<
  BibRead,
  'bib' | 'box' | 'kind' | 'confidence' | 'partial' | 'alternatives' | 'reason' | 'text'
>;

export interface FramePerson {
  box: BoxNorm;
  /** Of the detector, 0..1. */
  confidence: number;
  clothing?: Clothing;
}

/** One photo of a burst. */
export interface Frame {
  photoId: string;
  /** By the camera's own clock, in which frames of one burst are compared; null when the file does not tell. */
  cameraAtMs: number | null;
  /** By the true time, once the camera's clock is known. */
  atMs: number | null;
  /** Kept and dropped alike: a dropped read may still be half of a number. */
  reads: FrameRead[];
  persons: FramePerson[];
  /** What people said of this photo: decisive. */
  decisions: { bib: string; decision: 'confirmed' | 'rejected' }[];
}

/** A runner of the start list, or of the reads where there is none, who may be on a burst. */
export interface Candidate {
  bib: string;
  /** When timing expects the runner where the camera stands; null when timing says nothing of this runner. */
  expected: { atMs: number; spreadMs: number } | null;
  /** What the runner wore on photos of the event where the bib was sure. */
  seenIn: Clothing[];
}

export interface Burst {
  /** In the order they were taken, of one camera; a single photo is a burst of one. */
  frames: Frame[];
  /** Everybody whom timing expects around the burst, and everybody whom a read may mean. */
  candidates: Candidate[];
  /** Whether timing covers the place and time of the burst: a runner without a passage is then improbable. */
  timed: boolean;
  /** One deviation of the corrected clock, ms; null while the clock is not solved. */
  clockSpreadMs: number | null;
  /** Null when the event has no start list. */
  startListSize: number | null;
}

export type EvidenceKind =
  | 'bib'
  | 'partial-bib'
  | 'alternative-bib'
  | 'start-list'
  | 'timing'
  | 'neighbour'
  | 'clothing'
  | 'face'
  | 'person';

/** One clue, said in words by messages `matching.evidence.<kind>` with these values. */
export interface Evidence {
  kind: EvidenceKind;
  /** Log-odds it adds for this runner against the others who could be meant. */
  weight: number;
  values: Record<string, string | number>;
}

/** How probable it is that the runner of `bib` is on the photo. */
export interface Weighed {
  photoId: string;
  bib: string;
  probability: number;
  /** Where the runner is seen: the bib's box, or the body's. Null when only a person's word says so. */
  box: BoxNorm | null;
  evidence: Evidence[];
}

/** How far an event's clues may be trusted against what was fitted beforehand; learnt from its own sure reads. 1 trusts
 *  them as fitted, 0 not at all. */
export interface EventTrust {
  timing: number;
  neighbour: number;
  clothing: number;
}
