import type { Figure, Target } from './figure.ts';

const COLUMNS = [
  'measure',
  'what',
  'unit',
  'floor',
  'product',
  'ratio',
  'target',
  'floor moved by',
  'verdict',
];

export function printFigures(figures: Record<string, Figure[]>): void {
  const rows = Object.entries(figures).flatMap(([name, all]) => all.map((figure) => rowOf(name, figure)));
  const lines = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

function rowOf(name: string, figure: Figure): string[] {
  const { title, unit, floor, subject, ratio, target, floorSpread, verdict } = figure;
  const alone = floor === null;
  return [
    name,
    title,
    unit,
    alone ? '' : short(floor),
    short(subject),
    alone ? '' : short(ratio),
    target ? shown(target) : '',
    alone ? '' : `${Math.round(floorSpread * 100)} %`,
    verdict,
  ];
}

function shown(target: Target): string {
  return 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
}

function short(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toPrecision(3);
}
