import type { AnalyseOptions, PhotoAnalysis, PhotoFailureReason } from './findings.ts';

/** What the pool and its child processes say to each other (structured clone, so bytes travel as bytes). */
export type EngineRequest =
  | { id: number; verb: 'warm-up' }
  | { id: number; verb: 'analyse'; bytes: Uint8Array; options: AnalyseOptions };

export type EngineReply =
  | { id: number; ok: true; analysis: PhotoAnalysis | null }
  | { id: number; ok: false; reason: PhotoFailureReason; message: string };

/** Exit status of a child that found itself over its memory limit. */
export const outOfMemoryExitCode = 86;
