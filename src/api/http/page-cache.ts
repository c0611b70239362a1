import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

export interface KeptPage {
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

export interface PageCache {
  /** Answers from what is kept, and says whether it did. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** The way to keep the page that is being made for this request; null when it may not be kept. */
  keeperFor(request: IncomingMessage): ((response: ServerResponse, body: Buffer) => void) | null;
}

interface Options {
  lifeMs: number;
  mostBytes: number;
  now?: () => number;
}

/** Data of a navigation, part of a page, or a preview of an editor: not the page itself. */
const OTHER_ANSWER = [
  'rsc',
  'next-router-state-tree',
  'next-router-prefetch',
  'next-router-segment-prefetch',
  'next-action',
];

/**
 * Pages that Next itself calls the same for everybody (`s-maxage`), for some seconds: finding one in Next costs ten times
 * as much as answering it from here. It lengthens the life of a page by its own, never more.
 */
export function createPageCache({ lifeMs, mostBytes, now = () => performance.now() }: Options): PageCache {
  const pages = new Map<string, KeptPage & { until: number }>();
  let bytes = 0;

  const drop = (key: string) => {
    bytes -= pages.get(key)?.body.length ?? 0;
    pages.delete(key);
  };
  const keep = (key: string, page: KeptPage) => {
    drop(key);
    if (page.body.length > mostBytes / 8) return;
    pages.set(key, { ...page, until: now() + lifeMs });
    bytes += page.body.length;
    for (const oldest of pages.keys()) {
      if (bytes <= mostBytes) break;
      drop(oldest);
    }
  };

  return {
    answer(request, response) {
      const key = keyOf(request);
      const page = key === null ? undefined : pages.get(key);
      if (key === null || !page) return false;
      if (page.until < now()) {
        drop(key);
        return false;
      }
      send(page, request, response);
      return true;
    },
    keeperFor(request) {
      const key = keyOf(request);
      if (key === null || request.method !== 'GET') return null;
      return (response, body) => {
        if (isForEverybody(response)) keep(key, { headers: { ...response.getHeaders() }, body });
      };
    },
  };
}

function keyOf(request: IncomingMessage): string | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  if (OTHER_ANSWER.some((name) => request.headers[name] !== undefined)) return null;
  if (request.headers.cookie?.includes('__prerender_bypass')) return null;
  return request.url ?? null;
}

function isForEverybody(response: ServerResponse): boolean {
  const control = String(response.getHeader('cache-control') ?? '');
  return (
    response.statusCode === 200 &&
    /\bs-maxage=[1-9]/.test(control) &&
    !/\b(?:private|no-store)\b/.test(control) &&
    !response.hasHeader('set-cookie')
  );
}

function send(page: KeptPage, request: IncomingMessage, response: ServerResponse): void {
  const tag = page.headers.etag;
  if (tag !== undefined && request.headers['if-none-match'] === tag) {
    const { 'content-length': _length, 'content-type': _type, ...headers } = page.headers;
    response.removeHeader('content-security-policy');
    delete headers['content-security-policy'];
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, page.headers);
  response.end(request.method === 'HEAD' ? undefined : page.body);
}
