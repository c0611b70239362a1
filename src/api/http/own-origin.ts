import type { IncomingMessage } from 'node:http';
import { DomainError } from '#platform/errors.ts';

interface OriginHeaders {
  origin?: string | undefined;
  host?: string | undefined;
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Throws forbidden for a change that the page of another site asks for. Programs send no Origin; cookies are kept from other sites besides. */
export function requireOwnOrigin(method: string, headers: OriginHeaders, publicUrl: string): void {
  const { origin, host } = headers;
  if (READING.has(method) || origin === undefined || origin === new URL(publicUrl).origin) return;
  if (host !== undefined && URL.parse(origin)?.host === host) return;
  throw new DomainError('forbidden', {
    public: { key: 'platform.methodNotAllowed' },
    internal: 'a page of another site asked for a change',
  });
}

/** Next compares a form's Origin with Host, where a proxy may have written its own name: it is told the public one too. */
export function nameOwnHost(request: Pick<IncomingMessage, 'headers'>, publicUrl: string): void {
  const { origin, host } = request.headers;
  if (origin === undefined) return;
  const own = new URL(publicUrl);
  if (origin === own.origin && host !== own.host) request.headers['x-forwarded-host'] = own.host;
}
