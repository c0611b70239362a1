import type { BibOptions, BibRead, EngineName } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';

/** Reads numbers on runners. To add one: a file beside this one, and a line in engines.ts; then `evaluate`. */
export interface BibEngine {
  readonly name: EngineName;
  /** Loads models; reading does it too when needed. Safe to call twice. */
  warmUp(): Promise<void>;
  /** `bibs` holds what is kept, best first; `dropped` everything else that was seen, each with its reason. */
  readBibs(pixels: Pixels, options: BibOptions): Promise<{ bibs: BibRead[]; dropped: BibRead[] }>;
}
