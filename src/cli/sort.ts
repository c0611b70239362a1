import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { createEnginePool } from '#vision/engine-pool.ts';
import { type Command, UsageError } from './command.ts';
import { contactSheet } from './contact-sheet.ts';
import { copyByBib } from './copy-by-bib.ts';
import { listPhotos } from './list-photos.ts';
import { type Messages, messagesFor } from './messages.ts';
import { type PhotoLine, toPhotoLine } from './photo-line.ts';
import { printTable } from './print-table.ts';
import { startProgress } from './progress.ts';
import { type PhotoResult, readPhotos } from './read-photos.ts';
import { readStartList } from './read-start-list.ts';
import { summarise } from './summarise.ts';
import { writeCsv } from './write-csv.ts';

const help = `npm run sort -- <folder> [options]

Lit les dossards d'un dossier de photos, sans serveur. / Reads the bibs of a folder of photos, without a server.

  --start-list <list.csv>  numéros attendus / expected numbers
  --out <folder>           copies rangées par dossard, et les résultats / copies by bib, and the results
  --keywords               mots-clés IPTC dans ces copies / IPTC keywords in those copies
  --json                   une ligne JSON par photo sur la sortie standard / one JSON line per photo on standard output
  --lanes <n>              photos lues à la fois (un par cœur) / photos read at once (one per core)
  --lang fr|en

Sans --out, les résultats vont dans ./out/<dossier>. Les originaux ne sont ni changés ni liés.
Without --out, results go to ./out/<folder>. Originals are neither changed nor linked.`;

const miniatureLongSidePx = 320;
const miniaturesFolder = 'pictures';

interface SortOptions {
  folder: string;
  /** Where results go. */
  out: string;
  copies: boolean;
  keywords: boolean;
  json: boolean;
  startList: string[] | undefined;
  lanes: number | undefined;
  messages: Messages;
}

export const sortCommand: Command = {
  help,
  run: async (args) => {
    try {
      return await sort(await parseOptions(args));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      console.error(error.message);
      return 2;
    }
  },
};

async function sort(options: SortOptions): Promise<number> {
  const { folder, out, messages } = options;
  const startedAt = performance.now();
  const files = await listPhotos(folder, out);
  if (files.length === 0) throw new UsageError(messages.noPhotos(folder));
  await mkdir(join(out, miniaturesFolder), { recursive: true }).catch((error: unknown) => {
    throw new UsageError(messages.outUnwritable(out), { cause: error });
  });

  const results = await readAll(options, files);
  const lines = results.map(toPhotoLine);
  await writeResults(options, lines);
  const skipped = options.copies ? await copyByBib({ ...options, lines }) : 0;

  if (!options.json) printTable(lines, messages);
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  console.error(messages.summary(summarise(lines, seconds)));
  if (skipped > 0) console.error(messages.keywordsSkipped(skipped));
  console.error(messages.written(relative(process.cwd(), out) || out));
  const nothingRead = lines.every(({ error }) => error !== null);
  if (nothingRead) console.error(messages.nothingRead);
  return nothingRead ? 1 : 0;
}

async function parseOptions(args: string[]): Promise<SortOptions> {
  const { values, positionals } = parseCommandLine(args);
  const messages = messagesFor(values.lang);
  const [given, second] = positionals;
  if (!given) throw new UsageError(messages.noFolder);
  if (second) throw new UsageError(messages.oneFolder);
  const folder = resolve(given);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new UsageError(messages.missingFolder(given));
  const out = values.out ? resolve(values.out) : resolve('out', basename(folder));
  // Copies and originals must never meet, so the originals may not lie in or under the output folder.
  if (!relative(out, folder).split(sep).includes('..')) throw new UsageError(messages.outIsSource);
  if (values.keywords && !values.out) throw new UsageError(messages.keywordsNeedOut);
  const startListPath = values['start-list'];
  const startList = startListPath ? await readStartList(startListPath, messages) : undefined;
  if (startList) console.error(messages.startListLoaded(startList.length));
  return {
    folder,
    out,
    copies: values.out !== undefined,
    keywords: values.keywords ?? false,
    json: values.json ?? false,
    startList,
    lanes: values.lanes ? Math.max(1, Math.min(64, Number.parseInt(values.lanes, 10) || 1)) : undefined,
    messages,
  };
}

function parseCommandLine(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'start-list': { type: 'string' },
        out: { type: 'string' },
        keywords: { type: 'boolean' },
        json: { type: 'boolean' },
        lanes: { type: 'string' },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function readAll(options: SortOptions, files: string[]): Promise<PhotoResult[]> {
  const { folder, out, messages, startList } = options;
  const pool = createEnginePool({ lanes: options.lanes });
  const progress = startProgress(files.length, messages);
  try {
    return await readPhotos({
      pool,
      folder,
      files,
      options: { bibs: { startList }, quality: true, miniature: { longSidePx: miniatureLongSidePx } },
      keepMiniature: (index, bytes) => writeFile(join(out, miniaturePath(index)), bytes),
      onResult: (result) => {
        progress.advance();
        if (options.json) process.stdout.write(`${JSON.stringify(toPhotoLine(result))}\n`);
      },
    });
  } finally {
    progress.stop();
    await pool.close();
  }
}

async function writeResults({ folder, out, messages }: SortOptions, lines: PhotoLine[]): Promise<void> {
  const photos = lines.map((line, index) => ({
    line,
    originalPath: join(folder, line.file),
    picture: line.error ? null : miniaturePath(index),
  }));
  await writeCsv(join(out, 'photos.csv'), lines);
  await writeFile(join(out, 'photos.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  await writeFile(join(out, 'index.html'), contactSheet(photos, messages));
}

function miniaturePath(index: number): string {
  return `${miniaturesFolder}/${String(index + 1).padStart(6, '0')}.webp`;
}
