import { globSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Pages below the slug, by group and path. */
function pagesUnder(folder: 'events' | 'closed'): string[] {
  const mark = `/${folder}/[slug]/`;
  return globSync('src/app/**/page.tsx')
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.includes(mark))
    .map((path) => path.replace(mark, '/'))
    .sort();
}

test('B7: every page of an event has its twin for visitors of a closed one', () => {
  expect(pagesUnder('events').length).toBeGreaterThan(5);
  expect(pagesUnder('closed')).toEqual(pagesUnder('events'));
});
