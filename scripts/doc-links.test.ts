import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokenLinks } from './doc-links.ts';

it('names links that lead to no file or heading, and only those', () => {
  const root = mkdtempSync(join(tmpdir(), 'focus-racer-links-'));
  mkdirSync(join(root, 'docs'));
  writeFileSync(join(root, 'docs/operate.md'), '# Operating\n\n## Back up, restore\n');
  writeFileSync(
    join(root, 'README.md'),
    '[a](docs/operate.md) [b](docs/operate.md#back-up-restore) [c](https://example.org) `[x](no.md)`\n[d](docs/gone.md) [e](docs/operate.md#gone)',
  );
  expect(brokenLinks(root)).toEqual(['README.md: docs/gone.md', 'README.md: docs/operate.md#gone']);
});
