import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Context } from '#context.ts';
import type { FileToSend } from '#domain/orders/open-download.ts';
import { openSpliced } from './open-spliced.ts';

/**
 * Streams the files, stored and not deflated: photos do not shrink. Each is opened when its turn comes and read as
 * fast as the buyer takes it, so memory does not grow with the order. The length is told first: a cut is never taken
 * for the end. It starts anew when it was cut; each file by itself goes on where it was.
 */
export async function sendArchive(
  ctx: Context,
  files: FileToSend[],
  response: ServerResponse,
  headers: Record<string, string>,
): Promise<void> {
  const zip = new ZipFile();
  let current: Readable | null = null;
  for (const file of files) {
    const options = {
      compress: false,
      size: file.sizeBytes,
      ...(file.takenAt ? { mtime: file.takenAt } : {}),
    };
    zip.addReadStreamLazy(file.fileName, options, (ready) => {
      openSpliced(ctx.storage, file).then(
        (stream) => {
          current = stream;
          if (response.destroyed) stream.destroy();
          ready(null, stream);
        },
        (error: unknown) => ready(error, null as never),
      );
    });
  }
  zip.end(undefined, (...sizes: number[]) => {
    const [sizeBytes] = sizes;
    if (sizeBytes !== undefined && sizeBytes >= 0) headers['content-length'] = String(sizeBytes);
  });
  response.writeHead(200, headers);
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  try {
    await pipeline(output, response);
  } finally {
    (current as Readable | null)?.destroy();
  }
}
