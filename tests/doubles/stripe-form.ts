import { createHash } from 'node:crypto';

/** What came in a form: nested by brackets, all texts, as Stripe is spoken to. */
export interface Fields {
  [name: string]: string | Fields;
}

export function readForm(body: string): Fields {
  const fields: Fields = {};
  for (const [path, text] of new URLSearchParams(body)) place(fields, path, text);
  return fields;
}

/** A form with files: of each its name, type, size and digest stand in its place. */
export async function readMultipart(body: Buffer, contentType: string): Promise<Fields> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  const fields: Fields = {};
  for (const [path, value] of form) {
    if (typeof value === 'string') {
      place(fields, path, value);
      continue;
    }
    const digest = createHash('sha256')
      .update(await value.bytes())
      .digest('hex');
    fields[path] = { name: value.name, type: value.type, size: String(value.size), digest };
  }
  return fields;
}

/** `a[b][0]=x` is { a: { b: { 0: 'x' } } }. */
function place(fields: Fields, path: string, text: string): void {
  const [first = '', ...inner] = path.split(/\[|\]\[|\]/).filter((part, index) => index === 0 || part !== '');
  const names = [first, ...inner];
  const last = names.pop() ?? '';
  let level = fields;
  for (const name of names) {
    const below = level[name];
    const next: Fields = typeof below === 'object' ? below : {};
    level[name] = next;
    level = next;
  }
  level[last] = text;
}

/** Path of the first field that is not among `known`: `metadata.*` allows any name there. Null when all are known. */
export function firstUnknown(fields: Fields, known: readonly string[]): string | null {
  for (const path of pathsOf(fields)) {
    const plain = path.map((name) => (/^\d+$/.test(name) ? '#' : name));
    const [first = '', ...inner] = path;
    const isKnown = known.some((pattern) => fits(pattern.split('.'), plain));
    if (!isKnown) return first + inner.map((name) => `[${name}]`).join('');
  }
  return null;
}

function fits(pattern: string[], path: string[]): boolean {
  return (
    pattern.length === path.length && pattern.every((part, index) => part === '*' || part === path[index])
  );
}

function pathsOf(fields: Fields, above: string[] = []): string[][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' ? [[...above, name]] : pathsOf(value, [...above, name]),
  );
}

export function textAt(fields: Fields, ...path: string[]): string | null {
  let level: string | Fields | undefined = fields;
  for (const name of path) level = typeof level === 'object' ? level[name] : undefined;
  return typeof level === 'string' ? level : null;
}

export function textsAt(fields: Fields, name: string): Record<string, string> {
  const below = fields[name];
  if (typeof below !== 'object') return {};
  return Object.fromEntries(
    Object.entries(below).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
