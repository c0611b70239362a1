import type { EditSize } from './edit/apply-edit.ts';
import type {
  AnalyseOptions,
  EditPlan,
  PhotoAnalysis,
  PhotoFailureReason,
  Rendition,
  SelfieFinding,
} from './findings.ts';
import type { WebCopyOptions } from './pixels/make-web-copy.ts';

/** What the pool and its child processes say to each other (structured clone, so bytes travel as bytes). */
export type EngineQuestion =
  | { verb: 'warm-up' }
  | { verb: 'analyse'; bytes: Uint8Array; options: AnalyseOptions }
  | { verb: 'edit'; bytes: Uint8Array; plan: EditPlan; size: EditSize }
  | { verb: 'copy'; bytes: Uint8Array; options: WebCopyOptions }
  | { verb: 'selfie'; bytes: Uint8Array };

export type EngineRequest = EngineQuestion & { id: number };

export interface EngineAnswer {
  analysis?: PhotoAnalysis;
  edited?: Rendition;
  copy?: Rendition;
  selfie?: SelfieFinding;
}

export type EngineOutcome =
  | { ok: true; answer: EngineAnswer }
  | { ok: false; reason: PhotoFailureReason; message: string };

/** `residentBytes`: what the child holds after its work. */
export type EngineReply = EngineOutcome & { id: number; residentBytes: number };

/** Exit status of a child that found itself over its memory limit. */
export const outOfMemoryExitCode = 86;
