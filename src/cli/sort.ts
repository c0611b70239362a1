import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, join, parse, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { createEnginePool } from '#vision/engine-pool.ts';
import { type Command, UsageError } from './command.ts';
import { contactSheet } from './contact-sheet.ts';
import { copyByBib } from './copy-by-bib.ts';
import { findFolderStacks, type PhotoStack } from './find-stacks.ts';
import { groupFaces } from './group-faces.ts';
import { judgeTogether } from './judge-together.ts';
import { listPhotos } from './list-photos.ts';
import { type Messages, messagesFor } from './messages.ts';
import { type PhotoLine, toPhotoLine } from './photo-line.ts';
import { flatName, placeFile } from './place-file.ts';
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
  --labels                 étiquettes : groupe, foule, arrivée… / labels: group, crowd, finish…
  --crops                  cadrages 1:1, 4:5, 9:16, 16:9 autour du sujet / crops around the subject
  --edit                   copies corrigées (lumière, couleurs, horizon) dans la sortie / corrected copies in the output
  --faces                  groupe les photos par visage ; données biométriques, avec l'accord des personnes seulement
                           / groups photos by face; biometric data, only with the people's consent
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
  labels: boolean;
  crops: boolean;
  edit: boolean;
  faces: boolean;
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

  if (options.faces) console.error(messages.facesNotice);
  const lines = await readAll(options, files);
  await writeResults(options, lines);
  const skipped = options.copies ? await copyByBib({ ...options, lines }) : 0;

  if (!options.json) printTable(lines, messages);
  const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
  console.error(messages.summary(summarise(lines, seconds)));
  const edited = lines.filter((line) => line.edited).length;
  if (options.edit) console.error(messages.edited(edited));
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
    labels: values.labels ?? false,
    crops: values.crops ?? false,
    edit: values.edit ?? false,
    faces: values.faces ?? false,
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
        labels: { type: 'boolean' },
        crops: { type: 'boolean' },
        edit: { type: 'boolean' },
        faces: { type: 'boolean' },
        lanes: { type: 'string' },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function readAll(options: SortOptions, files: string[]): Promise<PhotoLine[]> {
  const { folder, out, messages, startList, labels, crops, edit, faces } = options;
  const pool = createEnginePool({ lanes: options.lanes });
  const progress = startProgress(files.length, messages);
  const edited = new Map<string, string>();
  const lineOf = (result: PhotoResult, stack: PhotoStack | null | undefined, persons?: number[]) =>
    toPhotoLine(result, { persons, stack, ...(edit && { edited: edited.get(result.file) ?? null }) });
  const print = (line: PhotoLine) => process.stdout.write(`${JSON.stringify(line)}\n`);
  try {
    const read = await readPhotos({
      pool,
      folder,
      files,
      options: {
        ...{ bibs: { startList }, quality: true, miniature: { longSidePx: miniatureLongSidePx } },
        ...{ labels, crops, edit, faces },
      },
      keepMiniature: (index, bytes) => writeFile(join(out, miniaturePath(index)), bytes),
      keepEdited: async (index, bytes) => {
        const file = files[index] ?? '';
        edited.set(file, await writeEdited(options, file, bytes));
      },
      onResult: progress.advance,
    });
    // What an event's bibs look like, and who is who, is known when all photos are.
    const results = judgeTogether(read, { startList });
    const persons = faces ? groupFaces(results) : [];
    const stacks = findFolderStacks(results);
    const lines = results.map((result, index) => lineOf(result, stacks[index], persons[index]));
    if (options.json) for (const line of lines) print(line);
    return lines;
  } finally {
    progress.stop();
    await pool.close();
  }
}

/** Gives the copy's path relative to the output folder, with slashes. */
async function writeEdited({ out, messages }: SortOptions, file: string, bytes: Uint8Array): Promise<string> {
  const { name } = parse(flatName(file));
  const wanted = join(out, messages.editedFolder, `${name}.jpg`);
  const placed = await placeFile(wanted, bytes, (path) => writeFile(path, bytes, { flag: 'wx' }));
  return relative(out, placed).split(sep).join('/');
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
