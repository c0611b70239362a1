import { DomainError } from '#platform/errors.ts';
import type { TableRow } from './read-table.ts';

/**
 * The answer of a RACE RESULT simple address as a table: a list of objects, or of lists under one of names, or an object
 * that holds such a list. The organiser chooses its fields, so that their names are recognised as a file's headings are.
 * Throws bad-input for anything else.
 */
export function readJsonTable(text: string): TableRow[] {
  const list = findList(parseJson(text));
  if (!list || list.length === 0)
    throw new DomainError('bad-input', { public: { key: 'timing.jsonWithoutRows' } });
  if (list.every((row) => Array.isArray(row))) {
    return list.map((row, index) => ({ line: index + 1, cells: row.map(cellText) }));
  }
  const objects = list.filter(isObject);
  const headings = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  return [
    { line: 1, cells: headings },
    ...objects.map((row, index) => ({ line: index + 2, cells: headings.map((name) => cellText(row[name])) })),
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new DomainError('bad-input', { public: { key: 'timing.jsonUnreadable' }, cause: error });
  }
}

function findList(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return null;
  for (const inner of Object.values(value)) {
    const list = findList(inner);
    if (list && list.length > 0) return list;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
