import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import { withOpened } from '#domain/events/closed-event.ts';
import { chooseRendition, type OpenedRendition } from '#domain/photos/open-rendition.ts';
import { ERROR_STATUS, isDomainError } from '#platform/errors.ts';
import type { ByteRange } from '#platform/storage/storage.ts';
import { readByteRange } from './byte-range.ts';
import { createRenditionCache, fitsCache, type RenditionCache } from './rendition-cache.ts';

const KINDS = {
  'preview.webp': 'preview',
  'thumbnail.webp': 'thumbnail',
  'plain-preview.webp': 'plain-preview',
  'edited-preview.webp': 'edited-preview',
} as const;
/** Under an address that is not that of the pixels shown now. */
const OTHER_VERSION_SECONDS = 60;
const YEAR_SECONDS = 31_536_000;

/**
 * GET and HEAD /:photoId/preview.webp and /:photoId/thumbnail.webp, to be mounted at /media, and for the owner the preview
 * before and after an edit. All carry the mark, whatever the photo's state; no address leads to a clean rendition or an original. Written to the socket itself: web streams halve the rate.
 */
export function openMediaDoor(
  ctx: Context,
  options: { actorOf?: typeof getActor } = {},
): Hono<{ Bindings: HttpBindings }> {
  const { actorOf = getActor } = options;
  const cache = createRenditionCache();
  const door = new Hono<{ Bindings: HttpBindings }>();
  door.get('/:photoId/:file', async (c) => {
    const { incoming, outgoing } = c.env;
    // HTTP/1 is what the server speaks; the types allow HTTP/2.
    const response = outgoing as ServerResponse;
    const found = await find(
      c.req.param('photoId'),
      c.req.param('file'),
      c.req.raw.headers,
      c.req.query('v'),
    );
    // Hono answers HEAD by the handler of GET and sends the head itself.
    if (c.req.raw.method === 'HEAD') return head(found);
    if (found) await send(ctx, cache, found, incoming as IncomingMessage, response);
    else refuse(response, 404);
    return RESPONSE_ALREADY_SENT;
  });
  return door;

  async function find(
    photoId: string,
    file: string,
    headers: Headers,
    version = '0',
  ): Promise<FoundRendition | null> {
    if (!isKnown(file)) return null;
    const access = await cache.access(ctx, photoId);
    if (!access) return null;
    const kind = KINDS[file];
    const open = chooseRendition(ctx, access, kind);
    const rendition = open ?? chooseRendition(await visitorOf(headers), access, kind);
    const { shownVersion } = access;
    return rendition && { ...rendition, shownVersion, asked: version === String(shownVersion) };
  }

  async function visitorOf(headers: Headers): Promise<Context> {
    return withOpened(withActor(ctx, await actorOf(ctx, headers)), headers.get('cookie'));
  }
}

interface FoundRendition extends OpenedRendition {
  shownVersion: number;
  /** It was asked for by the address of the pixels shown now. */
  asked: boolean;
}

function isKnown(file: string): file is keyof typeof KINDS {
  return Object.hasOwn(KINDS, file);
}

async function send(
  ctx: Context,
  cache: RenditionCache,
  rendition: FoundRendition,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = headersOf(rendition);
  const range = readByteRange(request.headers.range, rendition.sizeBytes);
  if (request.headers['if-none-match'] === headers.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'content-range': `bytes */${rendition.sizeBytes}` }).end();
    return;
  }
  const part = range ?? { start: 0, end: rendition.sizeBytes - 1 };
  headers['content-length'] = String(part.end - part.start + 1);
  if (range) headers['content-range'] = `bytes ${part.start}-${part.end}/${rendition.sizeBytes}`;
  const status = range ? 206 : 200;
  try {
    await sendBody(ctx, cache, rendition, { part, response, status, headers });
  } catch (error) {
    // Once the head is out only cutting the connection tells that the rest is missing.
    if (response.headersSent) response.destroy();
    else refuse(response, isDomainError(error) ? ERROR_STATUS[error.code] : 503);
    if (!isDomainError(error) && !request.destroyed) {
      ctx.log.error({ error: String(error) }, 'a rendition was not sent');
    }
  }
}

interface Body {
  part: ByteRange;
  response: ServerResponse;
  status: number;
  headers: Record<string, string>;
}

async function sendBody(
  ctx: Context,
  cache: RenditionCache,
  rendition: FoundRendition,
  { part, response, status, headers }: Body,
): Promise<void> {
  if (fitsCache(rendition.sizeBytes)) {
    const bytes = await cache.bytes(ctx, rendition.storageKey);
    response.writeHead(status, headers).end(bytes.subarray(part.start, part.end + 1));
    return;
  }
  const stream = await ctx.storage.open(rendition.storageKey, part);
  response.writeHead(status, headers);
  await pipeline(stream, response);
}

function headersOf(rendition: FoundRendition): Record<string, string> {
  const { everyone, asked, shownVersion, sizeBytes } = rendition;
  const shared = asked
    ? `public, max-age=${YEAR_SECONDS}, immutable`
    : `public, max-age=${OTHER_VERSION_SECONDS}`;
  return {
    'content-type': rendition.contentType,
    'cache-control': everyone ? shared : 'private, no-store',
    // Not a hash of the bytes: it tells nothing of the original.
    etag: `"${sizeBytes.toString(36)}${shownVersion > 0 ? `-${shownVersion}` : ''}"`,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noimageindex, noindex',
    // A courtesy: other sites' pages cannot embed the image. It protects nothing by itself.
    'cross-origin-resource-policy': 'same-origin',
  };
}

function head(found: FoundRendition | null): Response {
  if (!found) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
  const headers = { ...headersOf(found), 'content-length': String(found.sizeBytes) };
  return new Response(null, { status: 200, headers });
}

function refuse(response: ServerResponse, status: number): void {
  const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-length': '0' };
  response.writeHead(status, headers).end();
}
