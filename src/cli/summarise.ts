import type { Summary } from './messages.ts';
import type { PhotoLine } from './photo-line.ts';

export function summarise(lines: PhotoLine[], seconds: number): Summary {
  const read = lines.filter(({ error }) => error === null);
  const withBib = read.filter(({ bibs }) => bibs.length > 0);
  return {
    photos: lines.length,
    withBib: withBib.length,
    withoutBib: read.length - withBib.length,
    bibs: new Set(withBib.flatMap(({ bibs }) => bibs.map(({ bib }) => bib))).size,
    blurry: read.filter(({ blurry }) => blurry).length,
    unreadable: lines.length - read.length,
    seconds,
  };
}
