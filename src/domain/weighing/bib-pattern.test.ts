import { expect, it } from 'vitest';
import { fitsPattern, patternOf } from './bib-pattern.ts';
import type { FrameRead } from './scene.ts';

function read(parts: Partial<FrameRead>): FrameRead {
  return { bib: '', text: '', confidence: 0.4, kind: 'guess', box: { x: 0, y: 0, w: 0.1, h: 0.1 }, ...parts };
}

it('says which digits are seen, in a form that a person reads', () => {
  expect(patternOf(read({ bib: '143', text: '143/', partial: 'first' }))?.seen).toBe('143…');
  expect(patternOf(read({ bib: '432', text: '|432', partial: 'last' }))?.seen).toBe('…432');
  expect(patternOf(read({ bib: '79', text: '7/9', kind: 'dropped' }))?.seen).toBe('7?9');
  // A list has completed it: what was seen is in the text.
  expect(patternOf(read({ bib: '1432', text: '432', partial: 'last' }))?.seen).toBe('…432');
  expect(patternOf(read({ bib: '729', text: '729' }))).toBeNull();
  expect(patternOf(read({ bib: '7', text: '7', partial: 'first' }))).toBeNull();
});

it('fits only bibs whose visible side agrees', () => {
  const last = { seen: '…432', side: 'last' as const };
  expect(['1432', '51432', 'A1432', '432'].every((bib) => fitsPattern(bib, last))).toBe(true);
  expect(['4321', '1433', '981432', '32'].some((bib) => fitsPattern(bib, last))).toBe(false);
  expect(fitsPattern('729', { seen: '7?9', side: 'within' })).toBe(true);
  expect(fitsPattern('7299', { seen: '7?9', side: 'within' })).toBe(false);
});
