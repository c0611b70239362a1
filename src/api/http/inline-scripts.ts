import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SCRIPT = /<script([^>]*)>([\s\S]*?)<\/script>/g;
const FLIGHT_STARTS = ['self.__next_f.push(', '(self.__next_f=self.__next_f||[]).push('];
const REACT_CALL = /\$R[A-Z]\(("(?:[^"\\]|\\.)*"(?:,"(?:[^"\\]|\\.)*")*)\)$/;

/** The start of Turbopack's runtime: files of the build and numbers of modules. */
const CHUNK = String.raw`"static/chunks/[\w.~-]+\.js"`;
const TURBOPACK_START = new RegExp(
  String.raw`^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\(\{"otherChunks":\[(?:${CHUNK}(?:,${CHUNK})*)?\],"runtimeModuleIds":\[[\d,]*\]\}\);$`,
);

/**
 * Hashes (base64 SHA-256) of the inline scripts of a page that may run. Next writes the data of a page as
 * `self.__next_f.push(<JSON>)`, which differs on every page, so no fixed list can name them, and a nonce would make
 * every page uncacheable. A script counts only when it is such a call with nothing but JSON in it, the start of
 * the bundler's runtime, or code that stands word by word in React itself: code that someone brought into the page has no hash and does not run.
 */
export function allowedInlineScripts(html: string): string[] {
  const hashes = new Set<string>();
  for (const [, attributes = '', code = ''] of html.matchAll(SCRIPT)) {
    if (/\ssrc\s*=/.test(attributes) || code === '') continue;
    if (isData(code) || TURBOPACK_START.test(code) || isReact(code))
      hashes.add(createHash('sha256').update(code).digest('base64'));
  }
  return [...hashes];
}

/** One call, or the opening call and the first piece of data behind a semicolon. */
function isData(code: string): boolean {
  const start = FLIGHT_STARTS.find((known) => code.startsWith(known));
  if (start === undefined || !code.endsWith(')')) return false;
  const inside = code.slice(start.length, -1);
  if (isJson(inside)) return true;
  const seam = `);${FLIGHT_STARTS[0]}`;
  const cut = inside.indexOf(seam);
  return cut !== -1 && isJson(inside.slice(0, cut)) && isJson(inside.slice(cut + seam.length));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const judged = new Map<string, boolean>();
let reactSource: string | null = null;

/** React's own code, as it is or before one call of it with plain texts. */
function isReact(code: string): boolean {
  const own = code.replace(REACT_CALL, '');
  if (own === '') return true;
  if (own.length > 20_000) return false;
  const known = judged.get(own);
  if (known !== undefined) return known;
  reactSource ??= readReact();
  const found = own.length > 20 && reactSource.includes(own.replaceAll('\n', '\\n'));
  if (judged.size < 100) judged.set(own, found);
  return found;
}

function readReact(): string {
  const require = createRequire(import.meta.url);
  return readFileSync(
    require.resolve('next/dist/compiled/react-dom/cjs/react-dom-server.node.production.js'),
    'utf8',
  );
}
