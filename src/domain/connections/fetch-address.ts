import type { z } from 'zod';
import { MAX_FILE_BYTES } from '#domain/timing/start-list.ts';
import { DomainError } from '#platform/errors.ts';
import { fetchPublic } from '#platform/fetch-public/fetch-public.ts';
import type { addressSecrets } from './connection.ts';
import { type Connector, requireSuccess } from './connector.ts';

const TIMEOUT_MS = 30_000;

/** A file at an address: an export that is published, a RACE RESULT simple address, a live `.clax`. */
export const addressConnector: Connector<z.output<typeof addressSecrets>> = {
  fetch: async (ctx, { address, token }) => {
    const answer = await fetchPublic(
      {
        url: address,
        headers: { accept: 'text/csv, application/json, */*' },
        ...(token !== null && {
          secretHeaders: { authorization: token.includes(' ') ? token : `Bearer ${token}` },
        }),
        maxBytes: MAX_FILE_BYTES,
        timeoutMs: TIMEOUT_MS,
      },
      { ownHosts: ctx.config.connectionHosts },
    );
    requireSuccess(answer.status);
    if (isWebPage(answer.contentType, answer.bytes)) {
      throw new DomainError('bad-input', { public: { key: 'connections.webPage' } });
    }
    return { bytes: answer.bytes, leftOut: 0 };
  },
};

/** A page to sign in, or to look at: no list. */
function isWebPage(contentType: string, bytes: Buffer): boolean {
  const start = bytes
    .subarray(0, 200)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/u, '')
    .trimStart()
    .toLowerCase();
  return (
    /^text\/html\b/iu.test(contentType) || start.startsWith('<!doctype html') || start.startsWith('<html')
  );
}
