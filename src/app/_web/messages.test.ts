import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadMessages } from './messages.ts';

const files = readdirSync('messages/fr').filter((file) => file.endsWith('.json'));

/** Every sentence by its dotted key. */
function sentences(locale: string, file: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string) => {
    if (typeof value === 'string') found.set(path, value);
    else for (const [key, inner] of Object.entries(value ?? {})) visit(inner, path ? `${path}.${key}` : key);
  };
  visit(JSON.parse(readFileSync(`messages/${locale}/${file}`, 'utf8')), '');
  return found;
}

/** The names of the values a sentence takes. */
function valuesOf(sentence: string): string[] {
  return [...new Set([...sentence.matchAll(/\{(\w+)/gu)].map(([, name]) => name ?? ''))].sort();
}

describe.each(files)('%s', (file) => {
  const [french, english] = [sentences('fr', file), sentences('en', file)];

  test('says the same things in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
  });

  test('takes the same values in both languages', () => {
    for (const [key, sentence] of french) {
      const plural = /plural|select/u.test(sentence);
      // The branches of a plural are words in braces: only those outside can be compared.
      if (!plural) expect([key, valuesOf(english.get(key) ?? '')]).toEqual([key, valuesOf(sentence)]);
    }
  });

  test('does not shout', () => {
    const shouted = [...french, ...english].filter(([, sentence]) => sentence.includes('!'));
    expect(shouted).toEqual([]);
  });
});

test('pages are given every file of messages but the one that travels with the failure screen', async () => {
  const namespaces = Object.keys(await loadMessages('fr'));
  expect([...namespaces, 'failure'].map((name) => `${name}.json`).sort()).toEqual([...files].sort());
});

describe('what the code says', () => {
  const sources = globSync('src/**/*.{ts,tsx}')
    .filter((path) => !/\.test\.tsx?$/u.test(path))
    .map((path) => ({ path, code: readFileSync(path, 'utf8') }));
  const found = (code: string, pattern: RegExp) => [...code.matchAll(pattern)].map(([, name]) => name ?? '');

  test('every refusal has its words', () => {
    const words = sentences('fr', 'errors.json');
    const keys = sources.flatMap(({ path, code }) => [
      ...found(code, /\bkey: '([a-z]+(?:\.[\w-]+)+)'/gu),
      ...found(code, /(?:, |message: |error: )'((?:accounts|events|timing|orders|input)\.\w+)'/gu),
      // Remarks on the rows of a start list are told under the name of their room.
      ...(path.includes('domain/timing/')
        ? found(code, /\bkey: '(\w+)'/gu).map((key) => `timing.${key}`)
        : []),
    ]);
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key) => !words.has(key))).toEqual([]);
  });

  test('every sentence that a page asks for is there', () => {
    const words = new Set(
      files.flatMap((file) =>
        [...sentences('fr', file).keys()].map((key) => `${file.replace('.json', '')}.${key}`),
      ),
    );
    const asked = sources.flatMap(({ path, code }) => {
      const spaces = found(code, /(?:namespace: |useTranslations\()'([\w.]+)'/gu);
      const keys = found(code, /\b(?:t|say|common)(?:\.rich|\.markup)?\('([a-zA-Z][\w.]*)'/gu);
      return spaces.length === 0 ? [] : keys.map((key) => ({ path, key, spaces }));
    });
    expect(asked.length).toBeGreaterThan(150);
    const missing = asked.filter(({ key, spaces }) => !spaces.some((space) => words.has(`${space}.${key}`)));
    expect(missing).toEqual([]);
  });
});
