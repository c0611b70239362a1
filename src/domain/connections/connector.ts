import type { Context } from '#context.ts';
import { DomainError, type ErrorCode } from '#platform/errors.ts';
import { type FetchRefusal, FetchRefused } from '#platform/fetch-public/fetch-refused.ts';

/** What a connector brought: a file as a person would have chosen one. */
export interface Fetched {
  bytes: Buffer;
  /** Registrations that are no runners: cancelled, unpaid or without a bib. */
  leftOut: number;
}

/** One kind of source. Throws a DomainError whose words tell a person what to do, or FetchRefused. */
export interface Connector<Secrets> {
  fetch(ctx: Context, secrets: Secrets): Promise<Fetched>;
}

const REFUSALS: Record<FetchRefusal, [ErrorCode, string]> = {
  // Whether a name leads inside or nowhere is not told apart: it would be a map of the inside.
  address: ['unavailable', 'connections.notReached'],
  'not-reached': ['unavailable', 'connections.notReached'],
  redirects: ['unavailable', 'connections.notReached'],
  'too-large': ['too-large', 'connections.tooLarge'],
  'too-slow': ['unavailable', 'connections.tooSlow'],
  garbled: ['unavailable', 'connections.oddAnswer'],
};

/** A refused fetch in words for people; any other error as it is. */
export function wordRefusal(error: unknown): unknown {
  if (!(error instanceof FetchRefused)) return error;
  const [code, key] = REFUSALS[error.reason];
  return new DomainError(code, { public: { key }, cause: error });
}

/** Throws for an answer that is no success, in words that tell whose turn it is. */
export function requireSuccess(status: number): void {
  if (status >= 200 && status < 300) return;
  throw new DomainError('unavailable', {
    public: { key: `connections.${failureOf(status)}` },
    internal: `the source answered ${status}`,
  });
}

function failureOf(status: number): string {
  if (status === 401 || status === 403) return 'keyRefused';
  if (status === 404 || status === 410) return 'notThere';
  if (status === 429) return 'busy';
  return status >= 500 ? 'sourceFails' : 'oddAnswer';
}
