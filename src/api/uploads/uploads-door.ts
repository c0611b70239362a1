import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { MemoryLocker, Metadata, Server } from '@tus/server';
import { Hono } from 'hono';
import { type Context, withActor } from '#context.ts';
import { getActor } from '#domain/accounts/get-actor.ts';
import {
  type AnnouncedUpload,
  announceUploads,
  announceUploadsSchema,
} from '#domain/ingest/announce-uploads.ts';
import { type FinishedUpload, finishUpload } from '#domain/ingest/finish-upload.ts';
import { getIngestProgress } from '#domain/ingest/get-ingest-progress.ts';
import { refusedError } from '#domain/ingest/refuse-upload.ts';
import { isExpired, requireOwnUpload, type UploadRow } from '#domain/ingest/require-own-upload.ts';
import { DomainError, isDomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import { openIncomingFiles } from './incoming-files.ts';

const PATH = '/api/uploads/files';
const TUS_VERSION = '1.0.0';
const CLEAN_EVERY_MS = 3_600_000;

/**
 * POST /announce (JSON), then tus 1.0 under /files; GET /progress/<event id> tells how far an event's photos are. Bytes gather in a folder of this process; a photo is acknowledged,
 * by the header Photo-Id, only when it is durable. A client that lost the answer asks with HEAD, which finishes what is whole.
 */
export function openUploadsDoor(ctx: Context, options: { actorOf?: typeof getActor } = {}): Hono {
  const { actorOf = getActor } = options;
  const incoming = openIncomingFiles(join(ctx.config.uploadDir, 'unfinished'));
  const tus = new Server({
    path: PATH,
    relativeLocation: true,
    datastore: new FileStore({ directory: incoming.folder }),
    locker: new MemoryLocker(),
    maxSize: ctx.config.maxUploadMb * 1_000_000,
    allowedOrigins: [ctx.config.publicUrl],
    namingFunction: (_request, metadata) => metadata?.uploadId ?? '',
  });
  const finishing = new Map<string, Promise<FinishedUpload>>();
  const clean = () =>
    incoming.removeAbandoned(ctx.clock.now()).catch((error: unknown) => {
      ctx.log.warn({ error: String(error) }, 'abandoned uploads were not removed');
    });
  void clean();
  setInterval(clean, CLEAN_EVERY_MS).unref();

  const door = new Hono();
  door.post('/announce', async (c) => {
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers));
    const asked: unknown = await c.req.json().catch(() => {
      throw new DomainError('bad-input', { public: { key: 'input.invalid' } });
    });
    const announced = await announceUploads(visitor, parseInput(announceUploadsSchema, asked));
    const files = await Promise.all(announced.map(tellBegun));
    return c.json({ files }, 200, { 'cache-control': 'no-store' });
  });
  door.get('/progress/:eventId', async (c) => {
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers));
    const progress = await getIngestProgress(visitor, { eventId: c.req.param('eventId') });
    return c.json(progress, 200, { 'cache-control': 'no-store' });
  });
  door.options('/files/*', (c) => tus.handleWeb(c.req.raw));
  door.options('/files', (c) => tus.handleWeb(c.req.raw));
  door.post('/files', async (c) => {
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers));
    const upload = await requireOpenUpload(visitor, announcedId(c.req.header('upload-metadata')));
    if (upload.state === 'done') return created(upload);
    requireAnnouncedSize(ctx, upload, c.req.header('upload-length'));
    if ((await incoming.sizeOf(upload.id)) !== null) return created(upload);
    return finishWhole(visitor, upload, await tus.handleWeb(c.req.raw));
  });
  // Hono hands HEAD to the handler of GET.
  door.on(['GET', 'PATCH'], '/files/:uploadId', async (c) => {
    const visitor = withActor(ctx, await actorOf(ctx, c.req.raw.headers));
    const upload = await requireOpenUpload(visitor, c.req.param('uploadId'));
    if (c.req.raw.method === 'HEAD') return head(visitor, upload, c.req.raw);
    if (c.req.raw.method !== 'PATCH') return c.notFound();
    if (upload.state === 'done') return doneAnswer(upload, 409);
    return finishWhole(visitor, upload, await tus.handleWeb(c.req.raw));
  });
  return door;

  /** Of a file that may come, whether some of its bytes are here: then its sender asks how many, and sends the rest. */
  async function tellBegun(file: AnnouncedUpload): Promise<AnnouncedUpload & { begun?: boolean }> {
    if (file.outcome !== 'open') return file;
    return { ...file, begun: (await incoming.sizeOf(file.uploadId)) !== null };
  }

  async function head(visitor: Context, upload: UploadRow, request: Request): Promise<Response> {
    if (upload.state === 'done') return doneAnswer(upload, 200);
    // The process may have died between the last byte and the photo: then whoever asks finishes.
    if ((await incoming.sizeOf(upload.id)) === upload.sizeBytes) {
      const { photoId } = await finish(visitor, upload);
      return doneAnswer({ ...upload, photoId }, 200);
    }
    return tus.handleWeb(request);
  }

  async function finishWhole(visitor: Context, upload: UploadRow, answer: Response): Promise<Response> {
    if (!answer.ok || answer.headers.get('upload-offset') !== String(upload.sizeBytes)) return answer;
    const { photoId } = await finish(visitor, upload);
    answer.headers.set('photo-id', photoId);
    return answer;
  }

  /** One at a time per upload, however many requests ask. */
  function finish(visitor: Context, upload: UploadRow): Promise<FinishedUpload> {
    const running = finishing.get(upload.id) ?? finishOnce(visitor, upload);
    finishing.set(upload.id, running);
    return running.finally(() => finishing.delete(upload.id));
  }

  async function finishOnce(visitor: Context, upload: UploadRow): Promise<FinishedUpload> {
    try {
      const finished = await finishUpload(visitor, { uploadId: upload.id, path: incoming.pathOf(upload.id) });
      await incoming.remove(upload.id);
      return finished;
    } catch (error) {
      // A refusal is final; anything else may pass, and the bytes wait for the next request.
      if (isDomainError(error) && error.code !== 'unavailable') await incoming.remove(upload.id);
      throw error;
    }
  }
}

/** The actor's own upload, open or done. Throws what it was refused for, and not-found when its time is over. */
async function requireOpenUpload(visitor: Context, uploadId: string): Promise<UploadRow> {
  const upload = await requireOwnUpload(visitor, { uploadId });
  if (upload.state === 'refused') throw refusedError(upload.refusal ?? 'not-a-photo');
  if (isExpired(visitor, upload)) {
    throw new DomainError('not-found', { public: { key: 'ingest.uploadNotFound' } });
  }
  return upload;
}

function announcedId(header: string | undefined): string {
  try {
    return Metadata.parse(header).uploadId ?? '';
  } catch {
    throw new DomainError('bad-input', { public: { key: 'input.invalid' } });
  }
}

/** The announced size decides: a length left open or another one is refused before any byte is read. */
function requireAnnouncedSize(ctx: Context, upload: UploadRow, header: string | undefined): void {
  const length = Number(header ?? Number.NaN);
  if (length > ctx.config.maxUploadMb * 1_000_000) throw refusedError('too-large');
  if (length !== upload.sizeBytes) throw refusedError('wrong-size');
}

function created(upload: UploadRow): Response {
  const headers = { 'tus-resumable': TUS_VERSION, location: `${PATH}/${upload.id}` };
  return new Response(null, { status: 201, headers });
}

function doneAnswer(upload: Pick<UploadRow, 'sizeBytes' | 'photoId'>, status: 200 | 409): Response {
  const headers = {
    'tus-resumable': TUS_VERSION,
    'upload-offset': String(upload.sizeBytes),
    'upload-length': String(upload.sizeBytes),
    'photo-id': upload.photoId ?? '',
    'cache-control': 'no-store',
  };
  return new Response(null, { status, headers });
}
