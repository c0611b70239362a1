import { DomainError } from '../errors.ts';

export type CallFault = 'throttled' | 'away' | 'image' | 'missing' | 'exists';

const FAULTS: Readonly<Record<string, CallFault>> = {
  InvalidImageFormatException: 'image',
  ImageTooLargeException: 'image',
  InvalidParameterException: 'image',
  ThrottlingException: 'throttled',
  ProvisionedThroughputExceededException: 'throttled',
  LimitExceededException: 'throttled',
  ServiceQuotaExceededException: 'throttled',
  TooManyRequestsException: 'throttled',
  ResourceNotFoundException: 'missing',
  ResourceAlreadyExistsException: 'exists',
};

/** What a failed call says: the image's fault, our haste, or, like all that is not known, that nobody answers. */
export function faultOf(error: unknown): CallFault {
  if (!(error instanceof Error)) return 'away';
  const known = Object.hasOwn(FAULTS, error.name) ? FAULTS[error.name] : undefined;
  return known ?? (statusOf(error) === 429 ? 'throttled' : 'away');
}

/** The name of the error and the status, without its text: that may hold what was sent. */
export function faultFacts(error: unknown): string {
  const name = error instanceof Error ? error.name : 'unknown';
  return `${name} (${(error instanceof Error && statusOf(error)) || 'no status'})`;
}

export function recognitionUnavailable(internal: string, cause?: unknown): DomainError {
  return new DomainError('unavailable', {
    public: { key: 'platform.recognitionUnavailable' },
    internal,
    cause,
  });
}

export function imageRefused(internal: string, cause?: unknown): DomainError {
  return new DomainError('bad-input', { public: { key: 'platform.imageRefused' }, internal, cause });
}

function statusOf(error: Error): number | null {
  if (!('$metadata' in error)) return null;
  const facts = error.$metadata;
  if (typeof facts !== 'object' || facts === null || !('httpStatusCode' in facts)) return null;
  return typeof facts.httpStatusCode === 'number' ? facts.httpStatusCode : null;
}
