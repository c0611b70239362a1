import type { EnginePool } from '#vision/engine-pool.ts';
import type {
  AnalyseOptions,
  BibRead,
  EditPlan,
  PhotoAnalysis,
  Rendition,
  Renditions,
} from '#vision/findings.ts';

const box = { x: 0.4, y: 0.5, w: 0.1, h: 0.05 };

export function bibReadOf(bib: string, more: Partial<BibRead> = {}): BibRead {
  const read = { bib, confidence: 0.97, box, tiltDegrees: 0, kind: 'sure' as const, text: bib };
  return { ...read, digitProbabilities: '', ...more };
}

/** Renditions whose bytes all have the value `mark`. */
export function renditionsOf(mark: number): Renditions {
  const rendition = (longSide: number): Rendition => ({
    bytes: new Uint8Array(longSide).fill(mark),
    widthPx: longSide,
    heightPx: Math.round((longSide * 2) / 3),
  });
  return { web: rendition(1600), preview: rendition(1200), thumbnail: rendition(400) };
}

export function analysisOf(more: Partial<PhotoAnalysis> = {}): PhotoAnalysis {
  return {
    widthPx: 6000,
    heightPx: 4000,
    format: 'jpeg',
    capture: {
      ...{ takenAtLocal: '2026-06-14T11:30:00.250', hasSubSecond: true },
      ...{ make: 'Acme', model: 'X1', bodySerial: 'S-1', sequence: 7 },
      ...{ orientation: 1, colourProfile: null, author: null, copyright: null },
    },
    tone: '#336699',
    placeholder: 'data:,',
    bibs: [],
    dropped: [],
    renditions: renditionsOf(1),
    cpuMs: 1,
    engine: { name: 'test', version: 'test-1' },
    ...more,
  };
}

/** An engine that says the same of every photo, and remembers what it was asked. */
export function newFakeEngine(
  answer: (options: AnalyseOptions) => Partial<PhotoAnalysis>,
): EnginePool & { asked: AnalyseOptions[]; edits: EditPlan[] } {
  const asked: AnalyseOptions[] = [];
  const edits: EditPlan[] = [];
  return {
    asked,
    edits,
    lanes: 1,
    analysePhoto: async (_bytes, options) => {
      asked.push(options);
      return analysisOf(answer(options));
    },
    editPhoto: async (_bytes, plan) => {
      edits.push(plan);
      return { bytes: new Uint8Array([2]), widthPx: 6000, heightPx: 4000 };
    },
    makeWebCopy: async (bytes, { plan, name }) => ({
      bytes: Buffer.from(`copy of ${bytes.length}${plan ? ' edited' : ''}${name ? ' sponsored' : ''}`),
      widthPx: 1600,
      heightPx: 1067,
    }),
    describeSelfie: async () => ({ found: false, reason: 'no-face' }),
    ready: async () => true,
    close: async () => undefined,
  };
}
