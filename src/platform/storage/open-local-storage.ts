import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { isDomainError } from '../errors.ts';
import type { ByteRange, Storage, StoragePrefix } from './storage.ts';
import { badRange, missingObject, storageFull, storageUnavailable } from './storage-errors.ts';
import { contentTypeOfKey, requireStorageKey } from './storage-key.ts';
import { withDeadline } from './with-deadline.ts';

/** No key begins with a dot, so half-written files can not be read or listed. */
const TEMPORARY = '.incoming';
const TEMPORARY_LIFE_MS = 24 * 3600 * 1000;

/** Photo bytes in a folder. The folder must not be served by anything. */
export async function openLocalStorage(folder: string): Promise<Storage> {
  const root = resolve(folder);
  const incoming = join(root, TEMPORARY);
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await removeStaleFiles(incoming);
  const pathOf = (key: string) => join(root, requireStorageKey(key));

  return {
    kind: 'local',
    put: (key, body) => replaceFile(incoming, pathOf(key), (handle) => handle.writeFile(body)),
    putFile: (key, path) =>
      replaceFile(incoming, pathOf(key), (handle) =>
        handle.writeFile(createReadStream(path, { highWaterMark: 1 << 20 })),
      ),
    get: (key) => translated(() => readFile(pathOf(key))),
    open: (key, range) => translated(() => openFile(pathOf(key), range)),
    head: (key) => headFile(pathOf(key), key),
    async remove(keys) {
      for (const key of keys) await translated(() => rm(pathOf(key), { force: true }));
    },
    list: (prefix, options) => listKeys(root, prefix, options),
    presign: async () => null,
    ping: (timeoutMs) => withDeadline(timeoutMs, 'storage folder', () => probe(incoming)),
  };
}

async function replaceFile(
  incoming: string,
  path: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const temporary = join(incoming, randomUUID());
  await translated(async () => {
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await write(handle);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await makeFolder(dirname(path));
      await rename(temporary, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  // A new folder is durable only when its parent is synced as well.
  if (first) await syncFolder(dirname(first));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function openFile(path: string, range: ByteRange | undefined): Promise<Readable> {
  const handle = await open(path, 'r');
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) throw missingObject();
    if (range && (range.start < 0 || range.start >= facts.size || range.end < range.start)) throw badRange();
    return handle.createReadStream({ ...range, highWaterMark: 256 * 1024 });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function headFile(path: string, key: string) {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) return null;
    return { sizeBytes: facts.size, contentType: contentTypeOfKey(key) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw translate(error);
  }
}

async function listKeys(
  root: string,
  prefix: StoragePrefix,
  options: { after?: string; limit: number },
): Promise<string[]> {
  const keys: string[] = [];
  const after = options.after ?? '';
  const visit = async (folder: string): Promise<void> => {
    for (const name of await readFolder(join(root, folder))) {
      if (keys.length >= options.limit) return;
      const key = `${folder}/${name}`;
      if (!name.endsWith('/')) {
        if (key > after) keys.push(key);
      } else if (key > after || after.startsWith(key)) {
        await visit(key.slice(0, -1));
      }
    }
  };
  await translated(() => visit(prefix));
  return keys;
}

/** Names in the order of whole keys: a folder sorts as its name with the slash that follows. */
async function readFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function probe(incoming: string): Promise<void> {
  const path = join(incoming, `probe-${randomUUID()}`);
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile('ok');
  } finally {
    await handle.close();
    await rm(path, { force: true });
  }
}

async function removeStaleFiles(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const facts = await stat(path).catch(() => null);
    if (facts && Date.now() - facts.mtimeMs > TEMPORARY_LIFE_MS) await rm(path, { force: true });
  }
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (isDomainError(error)) return error;
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return missingObject(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return storageFull(error);
  return storageUnavailable(`storage folder answered ${code ?? 'an unknown error'}`, error);
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
