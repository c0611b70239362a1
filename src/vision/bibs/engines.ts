import type { BibEngine } from './bib-engine.ts';
import { createPaddleEngine } from './paddle-engine.ts';

export const bibEngines = {
  paddle: createPaddleEngine,
} satisfies Record<string, () => BibEngine>;

type BibEngineId = keyof typeof bibEngines;

export const defaultBibEngine: BibEngineId = 'paddle';
