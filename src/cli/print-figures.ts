import type { BibFigures } from './bib-figures.ts';
import type { Fit } from './fit-probability.ts';
import type { Score } from './score-bibs.ts';

interface PrintFiguresInput {
  folders: Record<string, BibFigures>;
  together: BibFigures;
  fit: Fit | undefined;
  json: boolean;
}

/** Everything as one JSON line, the figures of all folders together at its top; or the main ones to read. */
export function printFigures({ folders, together, fit, json }: PrintFiguresInput): void {
  if (json) {
    console.log(JSON.stringify({ ...flat(together), folders: mapValues(folders, flat), fit }));
    return;
  }
  const named = Object.entries(folders);
  for (const [name, figures] of named.length > 1 ? [...named, ['=', together] as const] : named)
    printOne(name, figures);
  if (fit) console.log(`\n${JSON.stringify(fit)}`);
}

function printOne(name: string, figures: BibFigures): void {
  const { photos, errors, cpuSecondsPerPhoto, sure, withStartList, alone, calibration, halves } = figures;
  console.log(
    `\n${name}: ${photos} photos, ${errors} unreadable, ${cpuSecondsPerPhoto.toFixed(2)} CPU s/photo`,
  );
  console.log(`  ${scoreLine(figures)}`);
  console.log(`  sure        ${scoreLine(sure)}`);
  console.log(`  start list  ${scoreLine(withStartList)}`);
  console.log(`  photo alone ${scoreLine(alone)}`);
  console.log(`  calibration error ${calibration.expectedCalibrationError.toFixed(3)}`);
  console.log(`  halves      F1 ${halves.map(({ f1 }) => percent(f1)).join(' | ')}`);
  for (const [failure, count] of Object.entries(figures.failures)) console.log(`  ${failure} ${count}`);
}

function scoreLine({ precision, recall, f1, hits, falseAlarms, missed }: Score): string {
  return (
    `precision ${percent(precision)}  recall ${percent(recall)}  F1 ${percent(f1)}` +
    `  (hits ${hits}, false alarms ${falseAlarms}, missed ${missed})`
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function flat(figures: BibFigures) {
  return { ...figures, expectedCalibrationError: figures.calibration.expectedCalibrationError };
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
