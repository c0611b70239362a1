import { expect, test } from 'vitest';
import { bibEngines, defaultBibEngine } from './bibs/engines.ts';
import { engineVersion, partVersions } from './engine-version.ts';

test('the version names the parts that were asked for, and no other', () => {
  expect(engineVersion({ bibs: {}, crops: true, labels: false })).toBe(
    `bibs:${partVersions.bibs} crops:${partVersions.crops}`,
  );
  expect(engineVersion({})).toBe('');
});

test('the version of the bibs is that of the engine that reads them', () => {
  const { name, version } = bibEngines[defaultBibEngine]().name;
  expect(partVersions.bibs).toBe(`${name}.${version}`);
});
