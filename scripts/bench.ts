import { parseArgs } from 'node:util';
import type { Figure, Measure } from './bench/figure.ts';
import { printFigures } from './bench/print-figures.ts';

/** Loaded when run: one measure must not carry the weight of the others. */
const measures: Record<string, () => Promise<Measure>> = {
  renditions: async () => (await import('./bench/renditions.ts')).renditions,
  sort: async () => (await import('./bench/sort.ts')).sort,
  preview: async () => (await import('./bench/preview.ts')).preview,
  gallery: async () => (await import('./bench/gallery.ts')).gallery,
  search: async () => (await import('./bench/search.ts')).search,
  weighing: async () => (await import('./bench/weighing.ts')).weighing,
  'start-list': async () => (await import('./bench/start-list.ts')).startList,
  memory: async () => (await import('./bench/memory.ts')).memory,
  'engine-memory': async () => (await import('./bench/engine-memory.ts')).engineMemory,
  ingest: async () => (await import('./bench/ingest.ts')).ingest,
  delivery: async () => (await import('./bench/delivery.ts')).delivery,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { strict: { type: 'boolean' }, photos: { type: 'string' } },
});
const unknown = positionals.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(measures).join(', ')}.`);
  process.exit(2);
}
const chosen = positionals.length > 0 ? positionals : Object.keys(measures);
const figures: Record<string, Figure[]> = {};
const broken: string[] = [];
for (const name of chosen) {
  const measure = await measures[name]?.();
  if (!measure) continue;
  console.error(`${name}: ${measure.about}`);
  try {
    figures[name] = await measure.run({ photos: values.photos ? Number(values.photos) : undefined });
  } catch (error) {
    broken.push(name);
    console.error(`${name} could not run: ${error instanceof Error ? error.stack : error}`);
  }
}
printFigures(figures);
console.log(JSON.stringify({ figures, broken }));
const missed = Object.values(figures)
  .flat()
  .some(({ verdict }) => verdict === 'missed');
process.exitCode = broken.length > 0 || (values.strict && missed) ? 1 : 0;
