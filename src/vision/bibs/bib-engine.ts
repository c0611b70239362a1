import type { BibOptions, BibRead, EngineName } from '../findings.ts';
import type { Pixels } from '../pixels/decode-photo.ts';

export interface BibReading {
  /** What is kept, best first. */
  bibs: BibRead[];
  /** Everything else that was seen, each with its reason. */
  dropped: BibRead[];
  /** What stands beside the numbers, with the recogniser's own confidence, 0..1. */
  words: { text: string; confidence: number }[];
}

/** Reads numbers on runners. To add one: a file beside this one, and a line in engines.ts; then `evaluate`. */
export interface BibEngine {
  readonly name: EngineName;
  /** Loads models; reading does it too when needed. Safe to call twice. */
  warmUp(): Promise<void>;
  readBibs(pixels: Pixels, options: BibOptions): Promise<BibReading>;
}
