import type { Readable } from 'node:stream';

/** Separate prefixes; a key is `<prefix>/<unguessable>`: see `newStorageKey`. */
export type StoragePrefix = 'originals' | 'renditions' | 'branding';

export interface StoredObject {
  sizeBytes: number;
  contentType: string;
}

export interface ByteRange {
  /** First byte, from 0. */
  start: number;
  /** Last byte, inclusive. */
  end: number;
}

/**
 * Where photo bytes live. Nothing in it is publicly reachable. Every `put` is durable when it resolves
 * (fsync of file and folder, or a completed S3 PUT) and replaces what stood at the key.
 * `get`, `open` and `head` throw DomainError 'not-found' for a missing key, 'unavailable' for a storage that does not answer.
 */
export interface Storage {
  readonly kind: 'local' | 's3';
  put(key: string, body: Buffer, contentType: string): Promise<void>;
  /** Streams a local file in, durably; the source file stays. */
  putFile(key: string, path: string, contentType: string): Promise<void>;
  get(key: string): Promise<Buffer>;
  open(key: string, range?: ByteRange): Promise<Readable>;
  head(key: string): Promise<StoredObject | null>;
  /** Missing keys are no error. */
  remove(keys: string[]): Promise<void>;
  /** Keys under a prefix in order, at most `limit`, after `after`. */
  list(prefix: StoragePrefix, options: { after?: string; limit: number }): Promise<string[]>;
  /** A time-limited GET address at the storage itself, or null when bytes must go through this server. */
  presign(key: string, options: { expiresInSeconds: number; downloadName?: string }): Promise<string | null>;
  ping(timeoutMs: number): Promise<void>;
}
