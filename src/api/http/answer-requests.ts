import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Context } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { claimsOpened } from '#domain/events/closed-event.ts';
import { DomainError } from '#platform/errors.ts';
import { type Api, isApiPath } from '../app.ts';
import { adminAddress } from './admin-address.ts';
import { answerApplePayFile } from './apple-pay-file.ts';
import { readPath, removeInternalHeaders } from './clean-request.ts';
import { clientAddress } from './client-address.ts';
import { closedAddress } from './closed-address.ts';
import { errorAnswer } from './error-answer.ts';
import { holdPage } from './hold-page.ts';
import { type LingerLimits, linger } from './linger.ts';
import { nameOwnHost } from './own-origin.ts';
import { createPageCache } from './page-cache.ts';
import { paymentGuests, paymentHeaders } from './payment-headers.ts';
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts';
import { tellWhenDone } from './tell-when-done.ts';
import { visitorLocale } from './visitor-locale.ts';

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const PAGE_METHODS = new Set(['GET', 'HEAD', 'POST']);
/** A start list sent by a form is the largest body of a page. */
const MOST_FORM_BYTES = 8 * 1024 * 1024;

/** Long enough to carry a crowd, short beside the half minute for which Next keeps a page. */
const PAGE_LIFE_MS = 3000;
const PAGE_CACHE_BYTES = 32 * 1024 * 1024;

/** The one way in: clean the request, then the machine doors, then the pages. */
export function answerRequests(ctx: Context, api: Api, pages: PageHandler): RequestListener {
  const always = securityHeaders(ctx.config);
  const isDevelopment = ctx.config.nodeEnv === 'development';
  const cache = isDevelopment ? null : createPageCache({ lifeMs: PAGE_LIFE_MS, mostBytes: PAGE_CACHE_BYTES });
  // What is left of a body after an answer is our own matter, the same for doors and pages.
  const answerApi = getRequestListener(api.fetch, {
    overrideGlobalObjects: false,
    autoCleanupIncoming: false,
  });
  const lingerLimits = lingerLimitsFor(ctx.config.maxUploadMb);
  return (request, response) => {
    tellWhenDone(ctx, request, response);
    linger(request, response, lingerLimits);
    // First of all: what is kept was asked for at this very address and found clean.
    // A closed event's page is another for who has opened it.
    if (!claimsOpened(request.headers.cookie) && cache?.answer(request, response)) return;
    answer(request, response).catch((error: unknown) => {
      refuse(ctx, request, response, error);
    });
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeaders(always);
    removeInternalHeaders(request, { development: isDevelopment });
    nameOwnHost(request, ctx.config.publicUrl);
    // For the limits that pages count; whatever a client wrote there is gone.
    request.headers['client-address'] = clientAddress(request);
    const path = readPath(request.url);
    if (path === null) throw badAddress();
    if (isApiPath(path)) return answerApi(request, response);
    if (path === '/') return redirectHome(request, response);
    if (await answerApplePayFile(ctx.config, request, response, path)) return;
    await answerPage(request, response, path);
  }

  async function answerPage(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (!PAGE_METHODS.has(request.method ?? '')) {
      response.setHeader('allow', [...PAGE_METHODS].join(', '));
      throw new DomainError('bad-input', { public: { key: 'platform.methodNotAllowed' } });
    }
    if (Number(request.headers['content-length'] ?? 0) > MOST_FORM_BYTES) {
      throw new DomainError('too-large', { public: { key: 'platform.tooLarge' } });
    }
    const asked = request.url;
    await chooseAddress(request, response, path);
    const guests = paymentGuests(ctx.config, path);
    if (guests) {
      response.setHeader('content-security-policy', contentSecurityPolicy(ctx.config, [], guests));
      response.setHeaders(paymentHeaders(guests));
    }
    if (cache) {
      const policy = (hashes: string[]) => contentSecurityPolicy(ctx.config, hashes, guests);
      // Behind another address stands a page that not everybody may see.
      holdPage(response, policy, request.url === asked ? cache.keeperFor(request) : null);
    }
    await pages(request, response);
  }

  /** For all but operators their word is no address: the page then knows nothing of theirs that could give it away. */
  async function chooseAddress(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const asked = request.url ?? '/';
    const address = await otherAddress(request, asked, path);
    if (address === asked) return;
    // No page has this name, so that the raw address looks like any other that does not exist.
    request.url = address ?? `/${path.slice(1, 3)}/missing`;
    keepAskedAddress(response, { asked, answered: request.url });
  }

  async function otherAddress(request: IncomingMessage, asked: string, path: string): Promise<string | null> {
    const closed = closedAddress(asked, path, request.headers.cookie);
    if (closed !== asked) return closed;
    const address = adminAddress(asked, path, ctx.config.adminPath);
    return address === null || address === asked || (await isOperator(ctx, request)) ? address : asked;
  }
}

/** Whoever sends twice the largest photo can hear that it is too large; times as nginx has them (`lingering_close`). */
function lingerLimitsFor(maxUploadMb: number): LingerLimits {
  return { mostBytes: 2 * maxUploadMb * 1_000_000, mostMs: 30_000, silentMs: 5000 };
}

async function isOperator(ctx: Context, request: IncomingMessage): Promise<boolean> {
  const { cookie } = request.headers;
  if (!cookie) return false;
  const actor = await getActor(ctx, new Headers({ cookie }));
  return actor.kind === 'account' && actor.role === 'ADMIN';
}

/** A redirection of Next to the page itself names the address that was asked for. */
function keepAskedAddress(response: ServerResponse, page: { asked: string; answered: string }): void {
  const setHeader = response.setHeader.bind(response);
  const [asked = '', answered = ''] = [page.asked.split('?')[0], page.answered.split('?')[0]];
  response.setHeader = (name, value) => {
    const own =
      name.toLowerCase() === 'location' && typeof value === 'string' && value.split('?')[0] === answered;
    return setHeader(name, own ? value.replace(answered, () => asked) : value);
  };
}

function redirectHome(request: IncomingMessage, response: ServerResponse): void {
  const query = /\?.*$/.exec(request.url ?? '')?.[0] ?? '';
  response
    .writeHead(302, {
      location: `/${visitorLocale(request.headers)}${query}`,
      vary: 'Accept-Language, Cookie',
      'cache-control': 'private, no-store',
    })
    .end();
}

function refuse(ctx: Context, request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const told = errorAnswer(error, visitorLocale(request.headers), ctx.log);
  if (response.headersSent) {
    // Only cutting the connection tells that the rest is missing.
    response.destroy();
    return;
  }
  const body = JSON.stringify(told.body);
  response.writeHead(told.status, {
    ...told.headers,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function badAddress(): DomainError {
  return new DomainError('bad-input', { public: { key: 'platform.badAddress' } });
}
