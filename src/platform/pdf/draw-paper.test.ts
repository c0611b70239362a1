import { describe, expect, test } from 'vitest';
import { readPdfText } from '../../../tests/read-pdf-text.ts';
import { drawPaper } from './draw-paper.ts';
import { MOST_ROWS, type Paper } from './paper.ts';

function paperOf(blocks: Paper['blocks'], more: Partial<Paper> = {}): Paper {
  const createdAt = new Date('2026-11-23T10:00:00Z');
  return { title: 'Facture F-1', locale: 'fr', createdAt, footer: 'Focus Racer', blocks, ...more };
}

const row = (label: string) => [label, '7,00 €'];
const columns = [
  { label: 'Désignation', width: 3 },
  { label: 'TTC', width: 1, align: 'right' as const },
];

describe('a paper', () => {
  test('bears Latin, Greek and Cyrillic names, the euro, and its title and language', async () => {
    const names = ['Œuvre d’été & fils', 'Ωμέγα', 'Жанна Їжак', '1 234,50 €'];
    const bytes = await drawPaper(
      paperOf([{ kind: 'columns', columns: [{ title: 'Vendeur', lines: names }] }]),
    );
    const text = readPdfText(bytes);
    for (const name of names) expect(text).toContain(name);
    expect(text).toContain('Facture F-1');
    const raw = bytes.toString('latin1');
    expect(raw.startsWith('%PDF-1.7')).toBe(true);
    expect(raw).toContain('/Lang (fr)');
    expect(raw).toContain('/DisplayDocTitle true');
  });

  test('is the same bytes for the same content, and others for another instant', async () => {
    const paper = paperOf([{ kind: 'table', columns, rows: [row('Photo')] }]);
    const first = await drawPaper(paper);
    expect((await drawPaper(paper)).equals(first)).toBe(true);
    const later = { ...paper, createdAt: new Date('2026-11-24T10:00:00Z') };
    expect((await drawPaper(later)).equals(first)).toBe(false);
  });

  test('loses no row over its pages, and repeats the head and counts them', async () => {
    const rows = Array.from({ length: 70 }, (_, index) =>
      row(`Photo n° ${index} ${'très '.repeat(index % 30)}longue`),
    );
    const text = readPdfText(await drawPaper(paperOf([{ kind: 'table', columns, rows }])));
    for (const [label = ''] of rows) expect(text).toContain(label.slice(0, 14));
    const pages = Number(/1\/(\d+)/.exec(text)?.[1]);
    expect(pages).toBeGreaterThan(1);
    expect(text.split('Désignation').length - 1).toBe(pages);
  });

  test('is bounded: too many rows are refused, too long a text is cut', async () => {
    const rows = Array.from({ length: MOST_ROWS + 1 }, () => row('x'));
    await expect(drawPaper(paperOf([{ kind: 'table', columns, rows }]))).rejects.toThrow(RangeError);
    const text = readPdfText(
      await drawPaper(paperOf([{ kind: 'table', columns, rows: [row('mot '.repeat(5_000))] }])),
    );
    expect(text.length).toBeLessThan(4_000);
    expect(text).toContain('1/1');
  });
});
