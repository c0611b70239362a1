import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { createEnginePool, type EnginePool } from '#vision/engine-pool.ts';
import { type BibFigures, bibFiguresOf, type JudgedPhoto } from './bib-figures.ts';
import { calibrationDiagram } from './calibration-diagram.ts';
import { UsageError } from './command.ts';
import { drawStartList } from './draw-start-list.ts';
import { classifyFailures } from './failure-class.ts';
import { failureSheet } from './failure-sheet.ts';
import { fitProbability } from './fit-probability.ts';
import { judgeTogether } from './judge-together.ts';
import type { Messages } from './messages.ts';
import { printFigures } from './print-figures.ts';
import { startProgress } from './progress.ts';
import { type PhotoResult, readPhotos } from './read-photos.ts';
import { readStartList } from './read-start-list.ts';
import { type PhotoTruth, scorePhoto } from './score-bibs.ts';
import { truthSchema } from './truth-file.ts';

export interface EvaluateBibsOptions {
  folders: string[];
  startListPath: string | undefined;
  /** Bibs of the list that is drawn for the figures with a start list. */
  listSize: number;
  out: string | undefined;
  json: boolean;
  /** Writes the reliability diagrams. */
  calibration: boolean;
  /** Prints the weights of the read probability that suit these photos best. */
  fit: boolean;
  messages: Messages;
}

const pictureLongSidePx = 900;

/** Compares what is read with each folder's truth.json, prints the figures and writes the sheets of failures. */
export async function evaluateBibs(options: EvaluateBibsOptions): Promise<number> {
  const { messages } = options;
  const startList = options.startListPath ? await readStartList(options.startListPath, messages) : undefined;
  const photos: JudgedPhoto[] = [];
  const folders: Record<string, BibFigures> = {};
  for (const given of options.folders) {
    const folder = resolve(given);
    const named = options.folders.length > 1 || !options.out ? `evaluate-${basename(folder)}` : '';
    const out = join(resolve(options.out ?? 'out'), named);
    const judged = await evaluateFolder({ folder, out, startList, options });
    folders[basename(folder)] = bibFiguresOf(judged);
    photos.push(...judged);
    console.error(relative(process.cwd(), join(out, 'failures.html')));
  }
  const together = bibFiguresOf(photos);
  if (options.calibration) await writeCalibration(options, { ...folders, together });
  const fit = options.fit ? fitProbability(photos) : undefined;
  printFigures({ folders, together, fit, json: options.json });
  return photos.every(({ failed }) => failed) ? 1 : 0;
}

interface FolderInput {
  folder: string;
  out: string;
  startList: string[] | undefined;
  options: EvaluateBibsOptions;
}

async function evaluateFolder({ folder, out, startList, options }: FolderInput): Promise<JudgedPhoto[]> {
  const { messages } = options;
  const truth = await readTruth(join(folder, 'truth.json'), messages);
  const pool = createEnginePool();
  try {
    const results = await readAll(pool, { folder, truth, startList, messages });
    const judged = judgeAll({ truth, results, startList, options });
    const failures = failuresOf(judged.photos, judged.together);
    await drawPictures(pool, { folder, out, failures });
    await writeFile(join(out, 'failures.html'), failureSheet(failures, messages));
    return judged.photos;
  } finally {
    await pool.close();
  }
}

function judgeAll({
  truth,
  results,
  startList,
  options,
}: {
  truth: PhotoTruth[];
  results: PhotoResult[];
  startList: string[] | undefined;
  options: EvaluateBibsOptions;
}): { photos: JudgedPhoto[]; together: PhotoResult[] } {
  const drawn = drawStartList([...new Set(truth.flatMap(({ bibs }) => bibs))], options.listSize);
  // The list is weighed from the same reads as everything else: nothing is read twice.
  const together = judgeTogether(results, { startList });
  const listed = judgeTogether(results, { startList: startList ?? drawn });
  const photos = truth.map((photo, index) =>
    judge(photo, { alone: results[index], together: together[index], listed: listed[index] }),
  );
  return { photos, together };
}

async function readTruth(path: string, messages: Messages): Promise<PhotoTruth[]> {
  try {
    return truthSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UsageError(messages.noTruth(path), { cause: error });
  }
}

async function readAll(
  pool: EnginePool,
  input: { folder: string; truth: PhotoTruth[]; startList: string[] | undefined; messages: Messages },
): Promise<PhotoResult[]> {
  const progress = startProgress(input.truth.length, input.messages);
  try {
    return await readPhotos({
      pool,
      folder: input.folder,
      files: input.truth.map(({ file }) => file),
      options: { bibs: { startList: input.startList } },
      onResult: progress.advance,
    });
  } finally {
    progress.stop();
  }
}

/** Of the failures alone, after the reading: what a photo costs is what reading it costs. */
async function drawPictures(
  pool: EnginePool,
  { folder, out, failures }: { folder: string; out: string; failures: ReturnType<typeof failuresOf> },
): Promise<void> {
  await mkdir(join(out, 'pictures'), { recursive: true });
  await readPhotos({
    pool,
    folder,
    files: failures.map(({ result }) => result.file),
    options: { miniature: { longSidePx: pictureLongSidePx } },
    keepMiniature: (index, bytes) => writeFile(join(out, failures[index]?.picture ?? ''), bytes),
    onResult: () => undefined,
  });
}

type Judgements = Record<'alone' | 'together' | 'listed', PhotoResult | undefined>;

function judge(truth: PhotoTruth, { alone, together, listed }: Judgements): JudgedPhoto {
  const { bibs = [], dropped = [], cpuMs = 0 } = together?.analysis ?? {};
  return {
    truth,
    bibs,
    dropped,
    listed: listed?.analysis?.bibs ?? [],
    alone: alone?.analysis?.bibs ?? [],
    cpuMs,
    failed: !alone?.analysis,
  };
}

function failuresOf(judged: JudgedPhoto[], results: PhotoResult[]) {
  return judged.flatMap(({ truth, bibs, dropped }, index) => {
    const failures = classifyFailures(truth, scorePhoto(truth, bibs), [...bibs, ...dropped]);
    const result = results[index];
    return result && failures.length > 0 ? [{ result, failures, picture: pictureOf(index) }] : [];
  });
}

function pictureOf(index: number): string {
  return `pictures/${String(index + 1).padStart(6, '0')}.webp`;
}

async function writeCalibration(
  options: EvaluateBibsOptions,
  figures: Record<string, BibFigures>,
): Promise<void> {
  const out = resolve(options.out ?? 'out');
  for (const [name, { calibration, calibrationWithStartList }] of Object.entries(figures)) {
    const path = join(out, `calibration-${name}.svg`);
    await writeFile(path, calibrationDiagram(calibration, name));
    const listedPath = join(out, `calibration-${name}-start-list.svg`);
    await writeFile(listedPath, calibrationDiagram(calibrationWithStartList, `${name}, start list`));
    console.error(`${relative(process.cwd(), path)}, ${relative(process.cwd(), listedPath)}`);
  }
}
