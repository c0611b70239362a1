import { DomainError } from '../errors.ts';

export function missingObject(cause?: unknown): DomainError {
  return new DomainError('not-found', {
    public: { key: 'platform.fileMissing' },
    internal: 'storage has no object at the key',
    cause,
  });
}

export function storageUnavailable(internal: string, cause?: unknown): DomainError {
  return new DomainError('unavailable', { public: { key: 'platform.storageUnavailable' }, internal, cause });
}

export function storageFull(cause?: unknown): DomainError {
  return new DomainError('unavailable', {
    public: { key: 'platform.storageFull' },
    internal: 'storage is full',
    cause,
  });
}

export function badRange(cause?: unknown): DomainError {
  return new DomainError('bad-input', {
    public: { key: 'platform.badAddress' },
    internal: 'byte range outside the object',
    cause,
  });
}
