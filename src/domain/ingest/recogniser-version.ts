import { engineVersion } from '#vision/engine-version.ts';
import type { AnalyseOptions } from '#vision/findings.ts';

/** Raise it with anything that changes what is made of the recogniser's words, labels or faces. */
const RECOGNISER = 'rekognition.1';

/** As `engineVersion`, for photos whose bibs, labels and faces a recogniser outside reads and the rest our engine. */
export function recogniserVersion(options: Parameters<typeof engineVersion>[0]): string {
  const { bibs, labels, faces, ...own } = options;
  const elsewhere = { bibs, labels, faces } satisfies Pick<AnalyseOptions, 'bibs' | 'labels' | 'faces'>;
  const parts = Object.entries(elsewhere).filter(([, asked]) => asked);
  return [...parts.map(([part]) => `${part}:${RECOGNISER}`), engineVersion(own)].filter(Boolean).join(' ');
}
