import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsDocuments } from './settings-documents.ts';

describe('documents of the settings', () => {
  it.each(settingsDocuments())('$path says what config.ts says', ({ path, text }) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
