import { expect, it } from 'vitest';
import { eventFigures } from '../attribution-figures.ts';
import { whoIsOn } from './score-attribution.ts';
import { simulateEvent } from './simulate-event.ts';

it('draws the same event for the same seed, and another for another', () => {
  const draw = (seed: number) => JSON.stringify(simulateEvent({ runners: 40, seed }).series);
  expect(draw(3)).toBe(draw(3));
  expect(draw(3)).not.toBe(draw(4));
});

it('hides bibs on frames that show their runner, and never reads what nobody wears without saying so', () => {
  const { field, series } = simulateEvent({ runners: 200, seed: 1 });
  const listed = new Set(field.startList);
  const frames = series.flatMap(({ bursts }) => bursts.flat());
  const wanted = frames.flatMap(({ pictured, frame }) =>
    [...whoIsOn(pictured).wanted].map((bib) => frame.reads.some((read) => read.bib === bib)),
  );
  const read = wanted.filter(Boolean).length / wanted.length;
  expect(read).toBeGreaterThan(0.5);
  expect(read).toBeLessThan(0.9);
  for (const { bib, kind } of frames.flatMap(({ frame }) => frame.reads))
    if (kind === 'sure') expect(listed.has(bib)).toBe(true);
});

it('finds more runners with everything than without timing, and without timing than by bibs alone, all precisely', () => {
  const { byAblation, bibsAlone, clocks } = eventFigures({ runners: 150, seed: 7 });
  const { full, 'no-timing': untimed, 'no-bursts': single } = byAblation;
  expect(full.precision).toBeGreaterThan(0.98);
  expect(full.recall).toBeGreaterThan(single.recall);
  expect(full.recall).toBeGreaterThan(untimed.recall);
  expect(untimed.recall).toBeGreaterThan(bibsAlone.recall);
  expect(full.expectedCalibrationError).toBeLessThan(0.04);
  expect(clocks.filter(({ timed }) => timed).every(({ within }) => within)).toBe(true);
});
