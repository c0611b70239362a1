import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

interface KeptPage {
  body: Buffer;
  tag: string | null;
  /** Names and values in turns, as Node writes them without a look at each. */
  headers: string[];
  /** For a browser that has the page already: it keeps the policy that came with it. */
  headersOfSame: string[];
  until: number;
}

export interface PageCache {
  /** Answers from what is kept, with the headers the page was first sent with, and says whether it did. */
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

const OF_WHOLE_PAGE = new Set(['content-length', 'content-type', 'content-security-policy']);

/**
 * Pages that Next itself calls the same for everybody (`s-maxage`), for some seconds: finding one in Next costs ten times
 * as much as answering it from here. It lengthens the life of a page by its own, never more.
 */
export function createPageCache({ lifeMs, mostBytes, now = () => performance.now() }: Options): PageCache {
  const pages = new Map<string, KeptPage>();
  let bytes = 0;

  const drop = (key: string) => {
    bytes -= pages.get(key)?.body.length ?? 0;
    pages.delete(key);
  };
  const keep = (key: string, response: ServerResponse, body: Buffer) => {
    drop(key);
    if (body.length > mostBytes / 8) return;
    pages.set(key, { ...keptPage(response.getHeaders(), body), until: now() + lifeMs });
    bytes += body.length;
    for (const oldest of pages.keys()) {
      if (bytes <= mostBytes) break;
      drop(oldest);
    }
  };

  return {
    answer(request, response) {
      const key = request.url ?? '';
      const page = pages.get(key);
      if (!page || !asksForPage(request)) return false;
      if (page.until < now()) {
        drop(key);
        return false;
      }
      send(page, request, response);
      return true;
    },
    keeperFor(request) {
      const key = request.url ?? '';
      if (!asksForPage(request) || request.method !== 'GET') return null;
      return (response, body) => {
        if (isForEverybody(response)) keep(key, response, body);
      };
    },
  };
}

function asksForPage(request: IncomingMessage): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  if (OTHER_ANSWER.some((name) => request.headers[name] !== undefined)) return false;
  return !request.headers.cookie?.includes('__prerender_bypass');
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

function keptPage(headers: OutgoingHttpHeaders, body: Buffer): Omit<KeptPage, 'until'> {
  const written = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return {
    body,
    tag: typeof headers.etag === 'string' ? headers.etag : null,
    headers: written.flat(),
    headersOfSame: written.filter(([name]) => !OF_WHOLE_PAGE.has(name)).flat(),
  };
}

function send(page: KeptPage, request: IncomingMessage, response: ServerResponse): void {
  if (page.tag !== null && request.headers['if-none-match'] === page.tag) {
    response.writeHead(304, page.headersOfSame).end();
    return;
  }
  response.writeHead(200, page.headers);
  response.end(request.method === 'HEAD' ? undefined : page.body);
}
