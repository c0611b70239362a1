import type { RowIssue } from './start-list.ts';

/** What the time was taken with: the starter's gun, a chip, or a person with a watch. */
export type PassageKind = 'gun' | 'chip' | 'manual';
export const TIMING_FORMATS = ['clax', 'race-result', 'elogica', 'livetrail', 'table'] as const;
export type TimingFormat = (typeof TIMING_FORMATS)[number];

/** 50,000 runners at ten checkpoints. */
export const MAX_PASSAGES = 500_000;

/** A time as a file gives it, before it is an instant. */
export type RawTime =
  /** By the clock of the place, in ms since midnight; the day follows from the order of the passages. */
  | { by: 'clock'; ms: number; precisionMs: number; kind: PassageKind; expectedMs?: number }
  /** Day and clock, `YYYY-MM-DDTHH:MM:SS.mmm` in the event's zone. */
  | { by: 'local'; local: string; precisionMs: number; kind: PassageKind }
  | { by: 'instant'; at: Date; precisionMs: number; kind: PassageKind }
  /** Since the gun of the race. */
  | { by: 'duration'; ms: number; precisionMs: number; kind: PassageKind };

export interface RawPoint {
  /** Null names the start or the finish, which every race has. */
  name: string | null;
  role: 'start' | 'split' | 'finish';
  distanceMeters: number | null;
}

/** One runner of a file, with times in the order of the course. */
export interface RawRunner {
  /** As a text editor counts lines, from 1. */
  line: number;
  bib: string;
  race: string | null;
  times: { point: number; time: RawTime }[];
}

export interface RawTiming {
  format: TimingFormat;
  points: RawPoint[];
  /** Guns that the file tells, `YYYY-MM-DDTHH:MM:SS.mmm` in the event's zone, by the race's name in the file. */
  guns: Map<string, string>;
  runners: RawRunner[];
  issues: RowIssue[];
  /** Names of fields that nobody here knows, each once: they are left out. */
  unknown: string[];
}

/** One runner seen at one checkpoint. */
export interface ReadPassage {
  line: number;
  bib: string;
  race: string | null;
  point: number;
  /** From 1: the how manieth time at this checkpoint. */
  lap: number;
  at: Date;
  kind: PassageKind;
  precisionMs: number;
}
