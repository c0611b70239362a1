import { constants } from 'node:fs';
import { copyFile, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { addKeywords } from './iptc-keywords.ts';
import type { Messages } from './messages.ts';
import { bibsOf, type PhotoLine } from './photo-line.ts';

interface CopyInput {
  folder: string;
  out: string;
  lines: PhotoLine[];
  keywords: boolean;
  messages: Messages;
}

/** Puts a copy of each photo into the folder of each of its bibs. The first is a copy, the others are hard links to
 *  that copy: an original is neither changed nor linked. Safe to run again. Gives how many copies lack keywords. */
export async function copyByBib({ folder, out, lines, keywords, messages }: CopyInput): Promise<number> {
  let withoutKeywords = 0;
  for (const line of lines) {
    if (line.error) continue;
    const [first, ...others] = foldersFor(line, messages).map((name) => join(out, name, flatName(line.file)));
    if (!first) continue;
    await makeRoom(first);
    const written = keywords
      ? await copyWithKeywords(join(folder, line.file), first, bibsOf(line, 'sure'))
      : false;
    if (!written) await copyFile(join(folder, line.file), first, constants.COPYFILE_FICLONE);
    if (keywords && !written && bibsOf(line, 'sure').length > 0) withoutKeywords += 1;
    for (const other of others) {
      await makeRoom(other);
      // Some file systems know no hard links: a second copy is as good there.
      await link(first, other).catch(() => copyFile(first, other));
    }
  }
  return withoutKeywords;
}

function foldersFor(line: PhotoLine, messages: Messages): string[] {
  const sure = bibsOf(line, 'sure');
  if (sure.length > 0) return sure.map((bib) => bib.replace(/[^\p{L}\p{N}-]/gu, '_'));
  return [line.bibs.length > 0 ? messages.reviewFolder : messages.withoutBibFolder];
}

/** Two photos of one name in two folders must not replace each other. */
function flatName(file: string): string {
  return file === basename(file) ? file : file.replaceAll(/[\\/]/g, '__');
}

async function makeRoom(path: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await rm(path, { force: true });
}

async function copyWithKeywords(from: string, to: string, bibs: string[]): Promise<boolean> {
  if (bibs.length === 0) return false;
  const tagged = addKeywords(await readFile(from), bibs);
  if (!tagged) return false;
  await writeFile(to, tagged);
  return true;
}
