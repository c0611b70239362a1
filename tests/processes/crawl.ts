import type { Fetched } from './watch-leaks.ts';

const AT_ONCE = 6;
const MOST_ADDRESSES = 500;

export interface Visitor {
  url: string;
  cookie?: string;
  headers?: Record<string, string>;
}

export async function fetchWhole(visitor: Visitor, path: string, init: RequestInit = {}): Promise<Fetched> {
  const headers = {
    cookie: visitor.cookie ?? '',
    ...visitor.headers,
    ...(init.headers as Record<string, string>),
  };
  const answer = await fetch(new URL(path, visitor.url), { redirect: 'manual', ...init, headers });
  return {
    address: `${init.method ?? 'GET'} ${path}`,
    status: answer.status,
    contentType: answer.headers.get('content-type') ?? '',
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

/** Follows every address of this site that any answer names, in any kind of document. */
export async function crawl(visitor: Visitor, from: string[]): Promise<Fetched[]> {
  const known = new Set(from);
  const line = [...known];
  const found: Fetched[] = [];
  const visit = async (path: string) => {
    const fetched = await fetchWhole(visitor, path);
    found.push(fetched);
    for (const next of addressesIn(fetched, visitor.url)) {
      if (known.has(next) || known.size >= MOST_ADDRESSES) continue;
      known.add(next);
      line.push(next);
    }
  };
  while (line.length > 0) await Promise.all(line.splice(0, AT_ONCE).map(visit));
  return found;
}

function addressesIn(fetched: Fetched, url: string): string[] {
  if (!/html|json|xml|text|javascript/.test(fetched.contentType)) return [];
  const text = fetched.body
    .toString('utf8')
    .replaceAll('&amp;', '&')
    .replaceAll('\\u0026', '&')
    .replaceAll(url, '');
  // Programs and styles of the pages are the same for everybody; a stream does not end.
  return [...text.matchAll(/(?:["'(\s>,=]|^)(\/(?!\/)[A-Za-z0-9_\-./?=&%[\]]*)/g)]
    .map(([, path = '']) => path.replace(/\\+$/, ''))
    .filter((path) => !/^\/(_next\/static|api\/streams)/.test(path) && path.length > 1);
}
