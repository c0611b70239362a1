/** The eight ways in which the product refuses. Each maps to one HTTP status. */
export const ERROR_STATUS = {
  'bad-input': 400,
  'payment-required': 402,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** What a person may read: a key of `messages/<locale>/errors.json` and its values. */
export interface PublicMessage {
  key: string;
  values?: Record<string, string | number>;
}

interface DomainErrorDetails {
  public: PublicMessage;
  /** For the log only: facts in words, no personal data. */
  internal?: string;
  cause?: unknown;
}

const BRAND = 'focus-racer/domain-error';

export class DomainError extends Error {
  readonly brand = BRAND;
  readonly code: ErrorCode;
  readonly public: PublicMessage;

  constructor(code: ErrorCode, details: DomainErrorDetails) {
    super(details.internal ?? `${code}: ${details.public.key}`, { cause: details.cause });
    this.name = 'DomainError';
    this.code = code;
    this.public = details.public;
  }
}

/** True for a DomainError of any copy of this module: Next bundles its own beside the server's. */
export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && 'brand' in error && error.brand === BRAND;
}
