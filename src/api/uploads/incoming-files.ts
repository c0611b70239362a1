import { mkdirSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UPLOAD_LIFE_HOURS } from '#domain/ingest/upload.ts';

const HOUR_MS = 3_600_000;
/** Leaves alone what may just be finishing. */
const LIFE_MS = (UPLOAD_LIFE_HOURS + 1) * HOUR_MS;

export interface IncomingFiles {
  readonly folder: string;
  pathOf(uploadId: string): string;
  /** Bytes that arrived so far; null when nothing was begun. */
  sizeOf(uploadId: string): Promise<number | null>;
  remove(uploadId: string): Promise<void>;
  /** Removes what nobody came back for. Gives how many files. */
  removeAbandoned(now: Date): Promise<number>;
}

/** Files on their way in, in a folder of this machine. Beside each the tus store keeps a small `.json`. */
export function openIncomingFiles(folder: string): IncomingFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (uploadId: string) => join(folder, uploadId);
  return {
    folder,
    pathOf,
    async sizeOf(uploadId) {
      // A process that died while it began an upload leaves a file that the tus store does not know: it begins anew.
      if (!(await isDescribed(`${pathOf(uploadId)}.json`))) return null;
      const found = await stat(pathOf(uploadId)).catch(() => null);
      return found?.size ?? null;
    },
    async remove(uploadId) {
      await rm(pathOf(uploadId), { force: true });
      await rm(`${pathOf(uploadId)}.json`, { force: true });
    },
    async removeAbandoned(now) {
      let removed = 0;
      for (const name of await readdir(folder)) {
        const found = await stat(join(folder, name)).catch(() => null);
        if (!found?.isFile() || now.getTime() - found.mtimeMs < LIFE_MS) continue;
        await rm(join(folder, name), { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}

async function isDescribed(path: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
}
