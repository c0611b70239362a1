import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Context } from '#context.ts';
import {
  type FileToSend,
  openDownload,
  recordDownload,
  wasDownloaded,
} from '#domain/orders/open-download.ts';
import { readByteRange } from '../media/byte-range.ts';
import { attachment } from './content-disposition.ts';
import { openSpliced } from './open-spliced.ts';
import { sendArchive } from './send-archive.ts';

const HEADERS = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/**
 * GET /:token, signed for a day: one file, in ranges too, or a ZIP of an order. An original leaves byte for byte as its
 * photographer sent it (its metadata included), unless the seller wants a credit written into it. All other methods are
 * refused, so that an address gives nothing but its file.
 */
export function openDownloadsDoor(ctx: Context): Hono<{ Bindings: HttpBindings }> {
  const door = new Hono<{ Bindings: HttpBindings }>();
  door.all('/:token', async (c) => {
    if (c.req.raw.method !== 'GET') return c.body(null, 405, { allow: 'GET' });
    const opened = await openDownload(ctx, { token: c.req.param('token') });
    // HTTP/1 is what the server speaks; the types allow HTTP/2.
    const response = c.env.outgoing as ServerResponse;
    if (opened.kind === 'photo') {
      const asked = isOfThisFile(c.req.header('if-range'), opened.file) ? c.req.header('range') : undefined;
      const range = readByteRange(asked, opened.file.sizeBytes);
      if (range === 'unsatisfiable') {
        return c.body(null, 416, { 'content-range': `bytes */${opened.file.sizeBytes}` });
      }
      if ((range?.start ?? 0) === 0 || !(await wasDownloaded(ctx, opened))) {
        await recordDownload(ctx, { opened, from: sender(c.env.incoming) });
      }
      await guarded(ctx, response, opened.orderId, () => sendFile(ctx, opened.file, range, response));
      return RESPONSE_ALREADY_SENT;
    }
    await recordDownload(ctx, { opened, from: sender(c.env.incoming) });
    const headers = {
      ...HEADERS,
      'content-type': 'application/zip',
      'content-disposition': attachment(opened.fileName),
    };
    await guarded(ctx, response, opened.orderId, () => sendArchive(ctx, opened.files, response, headers));
    return RESPONSE_ALREADY_SENT;
  });
  return door;
}

/** Whoever resumes a file that was made again since, or was given another credit, gets the new one whole. */
function isOfThisFile(ifRange: string | undefined, file: FileToSend): boolean {
  return ifRange === undefined || ifRange === etagOf(file);
}

function etagOf({ digest }: FileToSend): string {
  return `"${digest}"`;
}

function sender({ headers }: HttpBindings['incoming']) {
  const clientAddress = headers['client-address'];
  return {
    clientAddress: typeof clientAddress === 'string' ? clientAddress : null,
    userAgent: headers['user-agent'] ?? null,
  };
}

async function sendFile(
  ctx: Context,
  file: FileToSend,
  range: { start: number; end: number } | null,
  response: ServerResponse,
): Promise<void> {
  const part = range ?? { start: 0, end: file.sizeBytes - 1 };
  const stream = await openSpliced(ctx.storage, file, part);
  response.writeHead(range ? 206 : 200, {
    ...HEADERS,
    'content-type': file.contentType,
    'content-disposition': attachment(file.fileName),
    'content-length': String(part.end - part.start + 1),
    'accept-ranges': 'bytes',
    etag: etagOf(file),
    ...(range ? { 'content-range': `bytes ${part.start}-${part.end}/${file.sizeBytes}` } : {}),
  });
  await pipeline(stream, response);
}

/** Once the head is out, only cutting the connection tells that the rest is missing. */
async function guarded(
  ctx: Context,
  response: ServerResponse,
  orderId: string,
  send: () => Promise<void>,
): Promise<void> {
  try {
    await send();
  } catch (error) {
    if (!response.headersSent) throw error;
    const left = response.destroyed && !response.writableFinished;
    response.destroy();
    ctx.log.warn({ orderId, left, error: String(error) }, 'a download ended early');
  }
}
