import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnginePool } from '#vision/engine-pool.ts';
import {
  type AnalyseOptions,
  type PhotoAnalysis,
  PhotoFailure,
  type PhotoFailureReason,
} from '#vision/findings.ts';

export interface PhotoResult {
  /** Relative to the folder. */
  file: string;
  analysis: PhotoAnalysis | null;
  failure: PhotoFailureReason | null;
}

interface ReadPhotosInput {
  pool: EnginePool;
  folder: string;
  files: string[];
  options: AnalyseOptions;
  /** Called in the order of `files`. */
  onResult: (result: PhotoResult) => void;
  /** Takes the small picture of a photo, which is not kept in memory. */
  keepMiniature?: (index: number, bytes: Uint8Array) => Promise<void>;
  /** Takes the corrected copy of a photo, where the correction is worthwhile. */
  keepEdited?: (index: number, bytes: Uint8Array) => Promise<void>;
}

/** Above this nobody's photo is refused, and memory stays bounded. */
const maxFileBytes = 300 * 1024 * 1024;

/** Reads every photo with all lanes of the pool; a photo that fails has a reason and stops nothing. */
export async function readPhotos(input: ReadPhotosInput): Promise<PhotoResult[]> {
  const { pool, folder, files, options, onResult, keepMiniature, keepEdited } = input;
  const results: (PhotoResult | undefined)[] = new Array(files.length);
  let next = 0;
  let told = 0;
  // One more reader than lanes, so that the next file is in memory when a lane becomes free.
  const readers = Array.from({ length: Math.min(files.length, pool.lanes + 1) }, async () => {
    while (next < files.length) {
      const index = next++;
      const file = files[index] ?? '';
      const { bytes, ...result } = await readOne(pool, folder, file, options);
      const miniature = result.analysis?.miniature;
      if (result.analysis && miniature) {
        await keepMiniature?.(index, miniature.bytes);
        delete result.analysis.miniature;
      }
      const plan = result.analysis?.edit;
      if (bytes && plan?.worthwhile && keepEdited) {
        await keepEdited(index, (await pool.editPhoto(bytes, plan)).bytes);
      }
      results[index] = result;
      for (let ready = results[told]; ready; ready = results[told]) {
        onResult(ready);
        told += 1;
      }
    }
  });
  await Promise.all(readers);
  return results.flatMap((result) => result ?? []);
}

async function readOne(
  pool: EnginePool,
  folder: string,
  file: string,
  options: AnalyseOptions,
): Promise<PhotoResult & { bytes: Uint8Array | null }> {
  try {
    const bytes = await readBytes(join(folder, file));
    return { file, analysis: await pool.analysePhoto(bytes, options), failure: null, bytes };
  } catch (error) {
    const unread = { file, analysis: null, bytes: null };
    if (error instanceof PhotoFailure) return { ...unread, failure: error.reason };
    if (error instanceof Error && 'code' in error) return { ...unread, failure: 'corrupt' };
    throw error;
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  await using handle = await open(path, 'r');
  const { size } = await handle.stat();
  if (size > maxFileBytes) throw new PhotoFailure('unsupported-format', `${size} bytes`);
  return await handle.readFile();
}
