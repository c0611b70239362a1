import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { createEnginePool, type EnginePool } from '#vision/engine-pool.ts';
import type { PhotoAnalysis } from '#vision/findings.ts';
import { UsageError } from './command.ts';
import { type EditedPhoto, editSheet } from './edit-sheet.ts';
import { listPhotos } from './list-photos.ts';
import type { Messages } from './messages.ts';
import { startProgress } from './progress.ts';
import { type PhotoResult, readPhotos } from './read-photos.ts';

const pictureLongSidePx = 600;

/** Plans an edit for each photo of a folder, and shows those that are worthwhile before and after on a page. Each edited
 *  photo is planned again: `editedAgain` should be 0. Prints the figures. */
export async function evaluateEdit(input: {
  folder: string;
  out: string | undefined;
  json: boolean;
  messages: Messages;
}): Promise<number> {
  const folder = resolve(input.folder);
  const out = resolve(input.out ?? 'out', `edits-${basename(folder)}`);
  const files = await listPhotos(folder, out);
  if (files.length === 0) throw new UsageError(input.messages.noPhotos(folder));
  await mkdir(join(out, 'pictures'), { recursive: true });
  const pool = createEnginePool();
  const progress = startProgress(files.length, input.messages);
  try {
    const results = await readPhotos({
      pool,
      folder,
      files,
      options: { bibs: {}, edit: true, miniature: { longSidePx: pictureLongSidePx } },
      keepMiniature: (index, bytes) => writeFile(join(out, pictureOf(index, 'before')), bytes),
      onResult: progress.advance,
    });
    const edited: (EditedPhoto & { again: boolean })[] = [];
    for (const [index, { file, analysis }] of results.entries()) {
      if (analysis?.edit?.worthwhile)
        edited.push(await editOne({ pool, folder, out, file, index, plan: analysis.edit }));
    }
    await writeFile(join(out, 'edits.html'), editSheet(edited, input.messages));
    console.error(relative(process.cwd(), join(out, 'edits.html')));
    print(results, edited, input.json);
    return 0;
  } finally {
    progress.stop();
    await pool.close();
  }
}

async function editOne(input: {
  pool: EnginePool;
  folder: string;
  out: string;
  file: string;
  index: number;
  plan: NonNullable<PhotoAnalysis['edit']>;
}): Promise<EditedPhoto & { again: boolean }> {
  const { pool, folder, out, file, index, plan } = input;
  const edited = await pool.editPhoto(await readFile(join(folder, file)), plan);
  const second = await pool.analysePhoto(edited.bytes, {
    bibs: {},
    edit: true,
    miniature: { longSidePx: pictureLongSidePx },
  });
  if (second.miniature) await writeFile(join(out, pictureOf(index, 'after')), second.miniature.bytes);
  return {
    file,
    plan,
    before: pictureOf(index, 'before'),
    after: pictureOf(index, 'after'),
    again: second.edit?.worthwhile ?? false,
  };
}

function pictureOf(index: number, when: 'before' | 'after'): string {
  return `pictures/${String(index + 1).padStart(6, '0')}-${when}.webp`;
}

function print(results: PhotoResult[], edited: (EditedPhoto & { again: boolean })[], json: boolean): void {
  const figures = {
    photos: results.length,
    errors: results.filter(({ analysis }) => analysis === null).length,
    edited: edited.length,
    turned: edited.filter(({ plan }) => plan.rotateDegrees !== 0).length,
    exposed: edited.filter(({ plan }) => plan.exposureStops !== 0).length,
    contrasted: edited.filter(({ plan }) => plan.contrast !== 1).length,
    balanced: edited.filter(({ plan }) => plan.whiteBalance.some((factor) => factor !== 1)).length,
    editedAgain: edited.filter(({ again }) => again).length,
  };
  if (json) console.log(JSON.stringify(figures));
  else for (const [name, count] of Object.entries(figures)) console.log(`${name.padEnd(12)} ${count}`);
}
