import type { BibEngine } from './bib-engine.ts';
import { chooseBibs } from './choose-bibs.ts';
import { loadTextModels } from './load-models.ts';
import { readLines } from './read-lines.ts';

/** PP-OCRv4 mobile, offline. Change the version with anything that changes what is read. */
export function createPaddleEngine(): BibEngine {
  return {
    name: { name: 'pp-ocr-v4', version: '2' },
    warmUp: async () => {
      await loadTextModels();
    },
    readBibs: async (pixels, options) => {
      const lines = await readLines(await loadTextModels(), pixels);
      const words = lines.filter(({ tight }) => !/\d/.test(tight.text));
      return {
        ...chooseBibs(lines, pixels, options),
        words: words.map(({ tight }) => ({ text: tight.text, confidence: tight.textConfidence })),
      };
    },
  };
}
