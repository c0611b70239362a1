import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { createEnginePool } from '#vision/engine-pool.ts';
import { UsageError } from './command.ts';
import { failureSheet } from './failure-sheet.ts';
import type { Messages } from './messages.ts';
import { startProgress } from './progress.ts';
import { type PhotoResult, readPhotos } from './read-photos.ts';
import { readStartList } from './read-start-list.ts';
import { type PhotoScore, type PhotoTruth, scoreAll, scorePhoto } from './score-bibs.ts';

const listOfBibs = z.array(z.string()).default([]);
const truthSchema = z
  .array(
    z.object({
      file: z.string(),
      bibs: listOfBibs,
      ignore: listOfBibs,
      extra: listOfBibs,
      partial: listOfBibs,
    }),
  )
  .min(1);
const pictureLongSidePx = 900;

export interface EvaluateBibsOptions {
  folder: string;
  startListPath: string | undefined;
  out: string | undefined;
  json: boolean;
  messages: Messages;
}

/** Compares what is read with the folder's truth.json, prints the figures and writes the sheet of failures. */
export async function evaluateBibs(options: EvaluateBibsOptions): Promise<number> {
  const { messages } = options;
  const folder = resolve(options.folder);
  const out = resolve(options.out ?? join('out', `evaluate-${basename(folder)}`));
  const truth = await readTruth(join(folder, 'truth.json'), messages);
  const startList = options.startListPath ? await readStartList(options.startListPath, messages) : undefined;

  await mkdir(join(out, 'pictures'), { recursive: true });
  const results = await readAll({ folder, out, truth, startList, messages });
  const scores = truth.map((photo, index) => scorePhoto(photo, results[index]?.analysis?.bibs ?? []));
  await writeFile(join(out, 'failures.html'), failureSheet(failuresOf(results, scores), messages));
  print({ results, scores, json: options.json });
  console.error(relative(process.cwd(), join(out, 'failures.html')));
  return results.every(({ analysis }) => analysis === null) ? 1 : 0;
}

async function readTruth(path: string, messages: Messages): Promise<PhotoTruth[]> {
  try {
    return truthSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new UsageError(messages.noTruth(path), { cause: error });
  }
}

async function readAll(input: {
  folder: string;
  out: string;
  truth: PhotoTruth[];
  startList: string[] | undefined;
  messages: Messages;
}): Promise<PhotoResult[]> {
  const pool = createEnginePool();
  const progress = startProgress(input.truth.length, input.messages);
  try {
    return await readPhotos({
      pool,
      folder: input.folder,
      files: input.truth.map(({ file }) => file),
      options: { bibs: { startList: input.startList }, miniature: { longSidePx: pictureLongSidePx } },
      keepMiniature: (index, bytes) => writeFile(join(input.out, pictureOf(index)), bytes),
      onResult: progress.advance,
    });
  } finally {
    progress.stop();
    await pool.close();
  }
}

function failuresOf(results: PhotoResult[], scores: PhotoScore[]) {
  return results.flatMap((result, index) => {
    const score = scores[index];
    const failed = score && score.missed.length + score.falseAlarms.length > 0;
    return failed ? [{ result, score, picture: pictureOf(index) }] : [];
  });
}

function pictureOf(index: number): string {
  return `pictures/${String(index + 1).padStart(6, '0')}.webp`;
}

function print({
  results,
  scores,
  json,
}: {
  results: PhotoResult[];
  scores: PhotoScore[];
  json: boolean;
}): void {
  const { precision, recall, f1, hits, falseAlarms, missed } = scoreAll(scores);
  const cpuSeconds =
    results.reduce((sum, { analysis }) => sum + (analysis?.cpuMs ?? 0), 0) / 1000 / results.length;
  const errors = results.filter(({ analysis }) => analysis === null).length;
  const figures = { precision, recall, f1, hits, falseAlarms, missed, cpuSecondsPerPhoto: cpuSeconds };
  if (json) {
    console.log(JSON.stringify({ ...figures, photos: results.length, errors }));
    return;
  }
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(`precision ${percent(precision)}   recall ${percent(recall)}   F1 ${percent(f1)}`);
  console.log(`hits ${hits}   false alarms ${falseAlarms}   missed ${missed}`);
  console.log(`photos ${results.length}   unreadable ${errors}   CPU ${cpuSeconds.toFixed(2)} s/photo`);
}
