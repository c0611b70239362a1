import { link, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addKeywords } from './iptc-keywords.ts';
import type { Messages } from './messages.ts';
import { bibsOf, type PhotoLine } from './photo-line.ts';
import { flatName, isCode, placeFile } from './place-file.ts';

interface CopyInput {
  folder: string;
  out: string;
  lines: PhotoLine[];
  keywords: boolean;
  messages: Messages;
}

/** Puts a copy of each photo into the folder of each of its bibs. The first is a copy, the others are hard links to
 *  that copy: an original is neither changed nor linked. Nothing that is there already is replaced, so it is safe to
 *  run again. Gives how many copies lack keywords. */
export async function copyByBib({ folder, out, lines, keywords, messages }: CopyInput): Promise<number> {
  let withoutKeywords = 0;
  for (const line of lines) {
    if (line.error) continue;
    const original = await readFile(join(folder, line.file));
    const bibs = bibsOf(line, 'sure');
    const tagged = keywords && bibs.length > 0 ? addKeywords(original, bibs) : null;
    if (keywords && bibs.length > 0 && !tagged) withoutKeywords += 1;
    const bytes = tagged ?? original;
    const [first, ...others] = foldersFor(line, messages).map((name) => join(out, name, flatName(line.file)));
    if (!first) continue;
    const copy = await placeFile(first, bytes, (path) => writeFile(path, bytes, { flag: 'wx' }));
    for (const other of others) await placeFile(other, bytes, (path) => linkOrCopy(copy, path, bytes));
  }
  return withoutKeywords;
}

function foldersFor(line: PhotoLine, messages: Messages): string[] {
  const sure = bibsOf(line, 'sure');
  if (sure.length > 0) return sure.map((bib) => bib.replace(/[^\p{L}\p{N}-]/gu, '_'));
  return [line.bibs.length > 0 ? messages.reviewFolder : messages.withoutBibFolder];
}

async function linkOrCopy(from: string, to: string, bytes: Buffer): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (isCode(error, 'EEXIST')) throw error;
    // Some file systems know no hard links: a second copy is as good there.
    await writeFile(to, bytes, { flag: 'wx' });
  }
}
