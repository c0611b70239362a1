import { describe, expect, test } from 'vitest';
import type { BibOptions } from '../findings.ts';
import { chooseRecognisedText } from './choose-recognised-text.ts';

const picture = { widthPx: 4000, heightPx: 3000 };
const heightPx = 90;

/** A word on the picture, as wide as its characters. */
function word(text: string, x: number, more: { y?: number; confidence?: number; height?: number } = {}) {
  const { y = 1500, confidence = 0.99, height = heightPx } = more;
  const right = x + text.length * height * 0.6;
  const corner = (px: number, py: number) => ({ x: px / picture.widthPx, y: py / picture.heightPx });
  const outline = [corner(x, y), corner(right, y), corner(right, y + height), corner(x, y + height)];
  return { text, confidence, outline };
}

function choose(lines: ReturnType<typeof word>[][], options: BibOptions = {}) {
  return chooseRecognisedText(
    lines.map((words) => ({ words })),
    picture,
    options,
  );
}

const kept = (chosen: ReturnType<typeof choose>) => chosen.bibs.map(({ bib, kind }) => `${bib} ${kind}`);
const dropped = (chosen: ReturnType<typeof choose>) =>
  chosen.dropped.map(({ bib, reason }) => `${bib} ${reason}`);

describe('texts of a recogniser outside', () => {
  test('a certain number is a sure bib, at its place on the picture', () => {
    const chosen = choose([[word('1234', 1000)]]);
    expect(kept(chosen)).toEqual(['1234 sure']);
    expect(chosen.bibs[0]?.box.x).toBeCloseTo(0.25, 2);
    expect(chosen.bibs[0]?.box.h).toBeCloseTo(0.03, 2);
  });

  test('doubt of the recogniser is doubt of the read', () => {
    const at = (confidence: number) =>
      choose([[word('1234', 1000, { confidence })]]).bibs[0]?.confidence ?? 0;
    const falling = [0.99, 0.9, 0.8, 0.7, 0.6].map(at);
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    expect(kept(choose([[word('1234', 1000, { confidence: 0.6 })]]))).not.toContain('1234 sure');
  });

  test('bibs of several runners that share a line are each read', () => {
    expect(kept(choose([[word('101', 500), word('202', 1500), word('303', 2500)]])).sort()).toEqual([
      '101 sure',
      '202 sure',
      '303 sure',
    ]);
  });

  test('a number beside words is read, and the words are not', () => {
    expect(kept(choose([[word('LYON', 500), word('1015', 500 + 4 * 54 + 40)]]))).toEqual(['1015 sure']);
  });

  test('distances, clocks and long numbers in several words are dropped for their reasons', () => {
    const beside = (x: number, text: string, next: string) => [
      word(text, x),
      word(next, x + text.length * 54 + 40),
    ];
    const phone = ['06', '12', '34', '56', '78'].map((text, index) => word(text, 500 + index * 148));
    const chosen = choose([beside(500, '10', 'km'), [word('1:02:33', 2000)], phone]);
    expect(kept(chosen)).toEqual([]);
    expect(dropped(chosen).sort()).toEqual(['0612345678 too-many-digits', '10 KM distance', '1:02:33 clock']);
  });

  test('years are dropped, and small print beside a bib', () => {
    const chosen = choose([[word('1234', 1000)], [word('2026', 1020, { y: 1620, height: 30 })]]);
    expect(kept(chosen)).toEqual(['1234 sure']);
    expect(dropped(chosen)[0]).toMatch(/^2026 (year|small-number)$/);
  });

  test('the start list decides: what it has is sure, what it has not is at most a guess', () => {
    const options = { startList: ['0101', '500'] };
    expect(kept(choose([[word('101', 1000, { confidence: 0.9 })]], options))).toEqual(['0101 sure']);
    expect(kept(choose([[word('777', 1000)]], options))).not.toContain('777 sure');
  });

  test('bib ranges hold', () => {
    const options = { bibRanges: [{ from: 100, to: 199 }] };
    expect(kept(choose([[word('150', 1000)]], options))).toEqual(['150 sure']);
    expect(kept(choose([[word('950', 1000)]], options))).not.toContain('950 sure');
  });

  test('a number that runs out of the picture is marked as a part', () => {
    const chosen = choose([[word('123', 0)]]);
    expect([...chosen.bibs, ...chosen.dropped][0]?.partial).toBe('last');
  });

  test('letters stay part of a bib', () => {
    expect(choose([[word('A123', 1000)]]).bibs[0]?.bib).toBe('A123');
  });

  test('nothing read is nothing chosen', () => {
    expect(choose([])).toEqual({ bibs: [], dropped: [] });
    expect(choose([[word('ARRIVÉE', 500)]])).toEqual({ bibs: [], dropped: [] });
  });
});
