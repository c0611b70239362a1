// Stripe's way of speaking (forms in, JSON out, one answer per idempotency key), on this machine, with its bad days.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACCOUNT_ENDPOINTS } from './stripe-account-endpoints.ts';
import { type Endpoint, StripeBooks, type StripeEvent, StripeRefusal } from './stripe-books.ts';
import { PAYMENT_ENDPOINTS } from './stripe-endpoints.ts';
import { type Fields, firstUnknown, readForm, readMultipart } from './stripe-form.ts';
import { newId } from './stripe-objects.ts';
import { confirmForm, scriptFor } from './stripe-page.ts';
import { type SendOptions, type StripePost, sendEvent } from './stripe-webhooks.ts';
import { newStripeWorld, type StripeWorld } from './stripe-world.ts';

/**
 * `hold`: done, and answered when released. `lost`: done, and the line is cut. `timeout`: done, and never answered.
 * `500` and `429`: not done.
 */
/** `kept-500`: a failure that is answered again under the same key, as Stripe does once it has begun. */
export type StripeFault = 'hold' | 'lost' | 'timeout' | '500' | 'kept-500' | '429';

export interface StripeServer {
  readonly url: string;
  readonly key: string;
  readonly books: StripeBooks;
  readonly world: StripeWorld;
  /** Where a payment confirmed in the browser is told at once; null: nowhere. */
  door: StripePost | null;
  /** All requests in order, such as `POST /v1/refunds`. */
  readonly calls: { call: string; key: string | null; status: number; replayed: boolean }[];
  /** The next `times` requests to such a path go wrong. */
  fail(fault: StripeFault, path: RegExp, times?: number): void;
  /** Answers what is held, and tells how many it was. */
  release(): number;
  /** Brings events to the door in the order given, all that were not sent yet by default, and gives the statuses. */
  deliver(post: StripePost, events?: StripeEvent[], options?: SendOptions): Promise<number[]>;
  close(): Promise<void>;
}

const ENDPOINTS = Object.entries({ ...PAYMENT_ENDPOINTS, ...ACCOUNT_ENDPOINTS }).map(([name, endpoint]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, pattern: new RegExp(`^${path.replaceAll(':id', '([^/]+)')}$`), endpoint };
});

interface Answer {
  status: number;
  body: object;
}

/** What was asked under a key, and what was answered: for good, refusals included. */
interface Kept {
  question: string;
  answer: Answer;
}

export async function openStripeServer(
  options: { livemode?: boolean; now?: () => Date; port?: number } = {},
): Promise<StripeServer> {
  const livemode = options.livemode ?? false;
  const books = new StripeBooks({ livemode, now: options.now ?? (() => new Date()) });
  const state: State = {
    books,
    world: newStripeWorld(books),
    key: `sk_${livemode ? 'live' : 'test'}_counterpart`,
    calls: [],
    faults: [],
    kept: new Map(),
    held: [],
  };
  const http = createServer((request, response) => {
    if (/^\/(?:stripe\.js|page\/)/.test(request.url ?? '')) void answerBrowser(server, request, response);
    else void answer(state, request, response);
  });
  http.listen(options.port ?? 0, '127.0.0.1');
  await once(http, 'listening');
  const sent = new Set<string>();
  const server: StripeServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    key: state.key,
    books,
    world: state.world,
    door: null,
    calls: state.calls,
    fail: (fault, path, times = 1) => void state.faults.push({ fault, path, times }),
    release: () => {
      const held = state.held.splice(0);
      for (const open of held) open();
      return held.length;
    },
    deliver: async (post, events, sending) => {
      const chosen = events ?? [...books.events.values()].filter((event) => !sent.has(event.id));
      const statuses: number[] = [];
      for (const event of chosen) {
        sent.add(event.id);
        statuses.push(await sendEvent(books, post, event, sending));
      }
      return statuses;
    },
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return server;
}

/** What a browser asks for: the script, and what became of the form. */
async function answerBrowser(
  server: StripeServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  if (request.url === '/stripe.js') {
    response.setHeader('content-type', 'text/javascript');
    response.end(scriptFor(server.url));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const { event, told } = confirmForm(server.books, server.world, form);
  if (event && server.door) await sendEvent(server.books, server.door, event);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(told));
}

interface State {
  books: StripeBooks;
  world: StripeWorld;
  key: string;
  calls: StripeServer['calls'];
  faults: { fault: StripeFault; path: RegExp; times: number }[];
  kept: Map<string, Kept>;
  held: (() => void)[];
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://counterpart');
  const method = request.method ?? 'GET';
  const fields = await readFields(request, url, Buffer.concat(chunks));
  const key = method === 'POST' ? String(request.headers['idempotency-key'] ?? '') || null : null;
  const call = { call: `${method} ${url.pathname}`, key, status: 0, replayed: false };
  state.calls.push(call);
  const fault = takeFault(state, url.pathname);
  const send = ({ status, body }: Answer) => {
    call.status = status;
    const replay = call.replayed ? { 'idempotent-replayed': 'true' } : {};
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': newId('req'), ...replay });
    response.end(JSON.stringify(body, null, 2));
  };
  const failure = errorAnswer(500, { type: 'api_error', message: 'An unknown error occurred' });
  if (fault === '500') return send(failure);
  if (fault === '429') {
    return send(
      errorAnswer(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' }),
    );
  }
  if (request.headers.authorization !== `Bearer ${state.key}`) {
    return send(
      errorAnswer(401, { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_****' }),
    );
  }
  const asked = { key, question: `${call.call} ${JSON.stringify(fields)}` };
  const { replayed, ...made } = answerOnce(state, asked, () =>
    fault === 'kept-500'
      ? { ...failure, early: false }
      : perform(state.books, { method, path: url.pathname, fields }),
  );
  call.replayed = replayed;
  if (fault === 'lost') return void request.socket.destroy();
  if (fault === 'timeout') return;
  if (fault === 'hold') await new Promise<void>((open) => state.held.push(open));
  send(made);
}

function readFields(request: IncomingMessage, url: URL, body: Buffer): Fields | Promise<Fields> {
  if (request.method === 'GET') return readForm(url.search.slice(1));
  const type = request.headers['content-type'] ?? '';
  return type.startsWith('multipart/') ? readMultipart(body, type) : readForm(body.toString('utf8'));
}

function takeFault(state: State, path: string): StripeFault | null {
  const found = state.faults.find((waiting) => waiting.times > 0 && waiting.path.test(path));
  if (!found) return null;
  found.times -= 1;
  return found.fault;
}

function answerOnce(
  { kept }: State,
  { key, question }: { key: string | null; question: string },
  make: () => Answer & { early: boolean },
): Answer & { replayed: boolean } {
  const known = key === null ? undefined : kept.get(key);
  if (known && known.question !== question) {
    const message =
      'Keys for idempotent requests can only be used with the same parameters they were first used with.';
    return { ...errorAnswer(400, { type: 'idempotency_error', message }), replayed: false };
  }
  if (known) return { ...known.answer, replayed: true };
  const { early, ...answer } = make();
  // A copy: what was answered does not change with the books.
  const told = structuredClone(answer);
  if (key !== null && !early) kept.set(key, { question, answer: told });
  return { ...told, replayed: false };
}

function perform(
  books: StripeBooks,
  { method, path, fields }: { method: string; path: string; fields: Fields },
): Answer & { early: boolean } {
  try {
    const { endpoint, ids } = findEndpoint(method, path);
    const unknown = firstUnknown(fields, [...endpoint.known, 'expand.#']);
    if (unknown !== null) {
      const error = {
        code: 'parameter_unknown',
        param: unknown,
        message: `Received unknown parameter: ${unknown}`,
      };
      throw new StripeRefusal(400, error, { early: true });
    }
    return { status: 200, body: endpoint.answer({ books, ids, fields }), early: false };
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    return { ...errorAnswer(error.status, error.error), early: error.early };
  }
}

function findEndpoint(method: string, path: string): { endpoint: Endpoint; ids: string[] } {
  for (const known of ENDPOINTS) {
    const found = known.method === method ? known.pattern.exec(path) : null;
    if (found) return { endpoint: known.endpoint, ids: found.slice(1) };
  }
  const message = `Unrecognized request URL (${method}: ${path}).`;
  throw new StripeRefusal(404, { message }, { early: true });
}

function errorAnswer(status: number, error: StripeRefusal['error']): Answer {
  return { status, body: { error } };
}
