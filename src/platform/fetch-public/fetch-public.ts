import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchRefused } from './fetch-refused.ts';
import { isPublicAddress } from './public-address.ts';
import { type CheckedUrl, checkUrl } from './public-url.ts';

export interface PublicRequest {
  url: string;
  headers?: Record<string, string>;
  /** Sent to the first host alone, never to where it leads on. */
  secretHeaders?: Record<string, string>;
  /** Makes it a POST, which follows no redirect. */
  body?: string;
  /** Of the answer once it is unpacked. */
  maxBytes: number;
  /** For everything together, redirects included. */
  timeoutMs: number;
}

export interface PublicAnswer {
  status: number;
  contentType: string;
  bytes: Buffer;
}

interface Address {
  address: string;
  family: number;
}

export interface FetchRules {
  /** `host:port` of the operator's own network, which alone may be private and without TLS. */
  ownHosts: readonly string[];
  /** The addresses of a host name; the system's resolver unless given. */
  resolve?: (host: string) => Promise<Address[]>;
}

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches what somebody outside typed, from the open Internet alone. What a name resolves to is checked and used for the very
 * connection, so that a second answer of the name server changes nothing; redirects are checked the same way. Keeps no
 * cookies and no connections. Throws FetchRefused; a status of 400 and more is an answer.
 */
export async function fetchPublic(request: PublicRequest, rules: FetchRules): Promise<PublicAnswer> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  let target = checkUrl(request.url, rules.ownHosts);
  const firstHost = target.url.host;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const secrets = target.url.host === firstHost ? request.secretHeaders : {};
    const incoming = await send({ ...request, target, signal, secretHeaders: secrets ?? {} }, rules);
    const location = REDIRECTS.has(incoming.statusCode ?? 0) ? incoming.headers.location : undefined;
    if (location === undefined) return readAnswer(incoming, request.maxBytes, signal);
    incoming.destroy();
    if (request.body !== undefined || !URL.canParse(location, target.url))
      throw new FetchRefused('redirects');
    target = checkUrl(new URL(location, target.url).href, rules.ownHosts);
  }
  throw new FetchRefused('redirects');
}

type Sent = PublicRequest & {
  target: CheckedUrl;
  signal: AbortSignal;
  secretHeaders: Record<string, string>;
};

function send(request: Sent, rules: FetchRules): Promise<IncomingMessage> {
  const { target, signal, body } = request;
  const start = target.url.protocol === 'https:' ? requestTls : requestPlain;
  const headers = { ...request.headers, ...request.secretHeaders, 'accept-encoding': 'gzip, deflate, br' };
  return new Promise((resolve, reject) => {
    const outgoing = start(target.url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'user-agent': 'FocusRacer', ...headers },
      // A connection of its own: a pooled one would not be looked at again.
      agent: false,
      lookup: guardedLookup(target.isOwn, rules.resolve ?? systemAddresses),
      signal,
    });
    outgoing.on('response', resolve);
    outgoing.on('error', (error) => reject(refusal(error, signal, 'not-reached')));
    outgoing.end(body);
  });
}

function systemAddresses(host: string): Promise<Address[]> {
  return lookup(host, { all: true, verbatim: true });
}

/** One private address among public ones is an attack or a mistake, so that it refuses them all. */
function guardedLookup(isOwn: boolean, resolve: (host: string) => Promise<Address[]>): LookupFunction {
  return (host, options, done) => {
    const use = (found: Address[]) => {
      const [first] = found;
      if (!first) return done(new FetchRefused('not-reached'), '');
      if (!isOwn && !found.every(({ address }) => isPublicAddress(address))) {
        return done(new FetchRefused('address'), '');
      }
      return options.all ? done(null, found) : done(null, first.address, first.family);
    };
    resolve(host).then(use, (error: unknown) => done(new FetchRefused('not-reached', error), ''));
  };
}

async function readAnswer(
  incoming: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<PublicAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw new FetchRefused('too-large');
    for await (const chunk of unpacked(incoming)) {
      size += chunk.length;
      if (size > maxBytes) throw new FetchRefused('too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw refusal(error, signal, 'garbled');
  } finally {
    incoming.destroy();
  }
  const contentType = incoming.headers['content-type'] ?? '';
  return { status: incoming.statusCode ?? 0, contentType, bytes: Buffer.concat(chunks) };
}

/** Unpacks piece by piece: what it may grow to is counted by the reader. */
function unpacked(incoming: IncomingMessage): Readable {
  const encoding = (incoming.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return incoming;
  const unpack = unpacker(encoding);
  if (!unpack) throw new FetchRefused('garbled');
  // The reader meets the error on the stream that it reads.
  return pipeline(incoming, unpack, () => undefined);
}

function unpacker(encoding: string): Transform | null {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'deflate') return createInflate();
  return encoding === 'br' ? createBrotliDecompress() : null;
}

function refusal(error: unknown, signal: AbortSignal, otherwise: 'not-reached' | 'garbled'): FetchRefused {
  if (error instanceof FetchRefused) return error;
  return new FetchRefused(signal.aborted ? 'too-slow' : otherwise, error);
}
