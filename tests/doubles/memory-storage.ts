import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Storage } from '#platform/storage/storage.ts';
import { missingObject } from '#platform/storage/storage-errors.ts';

export interface MemoryStorage extends Storage {
  readonly objects: Map<string, { body: Buffer; contentType: string }>;
}

export function newMemoryStorage(): MemoryStorage {
  const objects = new Map<string, { body: Buffer; contentType: string }>();
  const find = (key: string) => {
    const object = objects.get(key);
    if (!object) throw missingObject();
    return object;
  };
  return {
    kind: 'local',
    objects,
    put: async (key, body, contentType) => {
      objects.set(key, { body: Buffer.from(body), contentType });
    },
    putFile: async (key, path, contentType) => {
      objects.set(key, { body: await readFile(path), contentType });
    },
    get: async (key) => find(key).body,
    open: async (key, range) => {
      const { body } = find(key);
      return Readable.from([range ? body.subarray(range.start, range.end + 1) : body]);
    },
    head: async (key) => {
      const object = objects.get(key);
      return object ? { sizeBytes: object.body.length, contentType: object.contentType } : null;
    },
    remove: async (keys) => {
      for (const key of keys) objects.delete(key);
    },
    list: async (prefix, { after = '', limit }) =>
      [...objects.keys()]
        .filter((key) => key.startsWith(`${prefix}/`) && key > after)
        .sort()
        .slice(0, limit),
    presign: async () => null,
    ping: async () => undefined,
  };
}
