import type { AnalyseOptions } from './findings.ts';

/** Raise a part's version with anything that changes what it says: its photos then count as read by an older engine.
 *  `bibs` is the name and version of the default bib engine. */
export const partVersions = {
  bibs: 'pp-ocr-v4.2',
  /** With it what is found on every photo: persons with their clothing, the perceptual hash, the clock code. */
  quality: '3',
  faces: '1',
  labels: '1',
  crops: '1',
  edit: '1',
} as const;

type Part = keyof typeof partVersions;

/** The version of the engine that does these parts: `bibs:pp-ocr-v4.2 quality:1`. Changes when one of them does, and
 *  not with a part that was not asked for. Loads no model. */
export function engineVersion(options: Pick<AnalyseOptions, Part>): string {
  // Object.keys forgets that these are exactly the parts.
  const parts = Object.keys(partVersions) as Part[];
  return parts
    .filter((part) => options[part])
    .map((part) => `${part}:${partVersions[part]}`)
    .join(' ');
}
