import { writeFileSync } from 'node:fs';
import { settingsDocuments } from './settings-documents.ts';

for (const { path, text } of settingsDocuments()) {
  writeFileSync(path, text);
  console.log(`written: ${path}`);
}
