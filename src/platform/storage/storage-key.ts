import { createHash } from 'node:crypto';
import type { Random } from '../clock.ts';
import { DomainError } from '../errors.ts';
import type { StoragePrefix } from './storage.ts';

const KEY = /^(?:originals|renditions|branding)(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*){1,6}$/;
const LONGEST_KEY = 300;

/** A key nobody can guess (192 random bits), spread over 256 folders: `originals/3f/<token>.jpg`. */
export function newStorageKey(random: Random, prefix: StoragePrefix, extension: string): string {
  const token = random.token(24);
  const shard = createHash('sha256').update(token).digest('hex').slice(0, 2);
  return requireStorageKey(`${prefix}/${shard}/${token}.${extension.toLowerCase()}`);
}

/** Gives the key back when it can only name a place inside its prefix; throws 'bad-input' otherwise. */
export function requireStorageKey(key: string): string {
  if (key.length <= LONGEST_KEY && KEY.test(key)) return key;
  throw new DomainError('bad-input', {
    public: { key: 'platform.badAddress' },
    internal: 'storage key refused: it does not have the form of one',
  });
}

const CONTENT_TYPES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  json: 'application/json',
  zip: 'application/zip',
};

export function contentTypeOfKey(key: string): string {
  return CONTENT_TYPES[key.slice(key.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
