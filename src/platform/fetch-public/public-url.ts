import { isIP } from 'node:net';
import { FetchRefused } from './fetch-refused.ts';
import { isPublicAddress } from './public-address.ts';

/** 443, and what servers of timing software usually take beside it. */
const PORTS = new Set(['', '443', '8443']);

export interface CheckedUrl {
  url: URL;
  /** The operator named this host and port: it may be private, and it may speak plain HTTP. */
  isOwn: boolean;
}

/**
 * The address when it may be fetched: HTTPS on a usual port of a public host, without a name or password inside, or one of
 * `ownHosts` (`host:port`). A host name is looked at again when it is resolved. Throws FetchRefused.
 */
export function checkUrl(text: string, ownHosts: readonly string[]): CheckedUrl {
  if (!URL.canParse(text)) throw new FetchRefused('address');
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || url.username !== '' || url.password !== '') throw new FetchRefused('address');
  url.hash = '';
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (ownHosts.includes(`${url.hostname}:${port}`)) return { url, isOwn: true };
  const literal = url.hostname.replace(/^\[|\]$/gu, '');
  const isPublic = isIP(literal) === 0 || isPublicAddress(literal);
  if (url.protocol !== 'https:' || !PORTS.has(url.port) || !isPublic) throw new FetchRefused('address');
  return { url, isOwn: false };
}
