import type { ServerResponse } from 'node:http';
import { allowedInlineScripts } from './inline-scripts.ts';

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_REMEMBERED = 500;
const remembered = new Map<string, string[]>();

/**
 * Keeps an HTML answer back until its end, so that its policy can name the inline scripts in it. Everything else
 * (data of navigations, files) passes at once.
 */
export function holdPage(
  response: ServerResponse,
  policyFor: (hashes: string[]) => string,
  keep: ((response: ServerResponse, body: Buffer) => void) | null = null,
): void {
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const writeHead = response.writeHead.bind(response);
  const flushHeaders = response.flushHeaders.bind(response);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let mode: 'undecided' | 'held' | 'passed' = 'undecided';

  const decide = () => {
    if (mode !== 'undecided') return;
    // A browser that gets 304 keeps the policy that came with the page it has.
    if (response.statusCode === 304) response.removeHeader('content-security-policy');
    mode = /^text\/html\b/i.test(String(response.getHeader('content-type') ?? '')) ? 'held' : 'passed';
    // Node itself writes the head of what passes, by the method it finds here.
    if (mode === 'passed') response.writeHead = writeHead;
  };
  const gather = (chunk: unknown, encoding: unknown) => {
    const part = toBuffer(chunk, encoding);
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error(`a page of more than ${MOST_BYTES} bytes`);
    chunks.push(part);
  };

  response.writeHead = (status: number, ...rest: unknown[]) => {
    const headers = rest.find((part) => typeof part === 'object' && part !== null);
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    return response;
  };
  response.flushHeaders = () => {
    decide();
    if (mode === 'passed' && !response.headersSent) flushHeaders();
  };
  response.write = (chunk: unknown, encoding?: unknown, done?: unknown) => {
    decide();
    // Reflect, because the three overloads of Node can not be told apart here.
    if (mode === 'passed') return Reflect.apply(write, response, [chunk, encoding, done]);
    gather(chunk, encoding);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') queueMicrotask(() => callback());
    return true;
  };
  response.end = (chunk?: unknown, encoding?: unknown, done?: unknown) => {
    decide();
    if (mode === 'passed') return Reflect.apply(end, response, [chunk, encoding, done]);
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') gather(chunk, encoding);
    const page = Buffer.concat(chunks);
    if (page.length > 0) {
      response.setHeader('content-security-policy', policyFor(hashesOf(response, page)));
      response.setHeader('content-length', page.length);
      keep?.(response, page);
    }
    writeHead(response.statusCode);
    const callback = [chunk, encoding, done].find((part) => typeof part === 'function');
    return Reflect.apply(end, response, page.length > 0 ? [page, callback] : [callback]);
  };
}

/** Next's entity tag is a hash of the page, so a page seen before need not be read again. */
function hashesOf(response: ServerResponse, page: Buffer): string[] {
  const tag = String(response.getHeader('etag') ?? '');
  const known = tag ? remembered.get(tag) : undefined;
  if (known) return known;
  const hashes = allowedInlineScripts(page.toString('utf8'));
  if (tag) {
    if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(tag, hashes);
  }
  return hashes;
}

function toBuffer(chunk: unknown, encoding: unknown): Buffer {
  if (typeof chunk === 'string') {
    return Buffer.from(
      chunk,
      typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8',
    );
  }
  if (chunk instanceof Uint8Array) return Buffer.from(chunk);
  throw new TypeError('a page is written as text or bytes');
}
