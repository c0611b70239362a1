import { once } from 'node:events';
import { createConnection } from 'node:net';

/** Single requests of the tus protocol, for what no well-behaved client sends. */
interface UploadTarget {
  url: string;
  cookie: string;
}

const TUS = { 'tus-resumable': '1.0.0' };

export function createUpload(target: UploadTarget, uploadId: string, lengthBytes: number): Promise<Response> {
  const metadata = `uploadId ${Buffer.from(uploadId).toString('base64')}`;
  return fetch(`${target.url}/api/uploads/files`, {
    method: 'POST',
    headers: {
      ...TUS,
      cookie: target.cookie,
      'upload-length': String(lengthBytes),
      'upload-metadata': metadata,
    },
  });
}

export function patchUpload(
  target: UploadTarget,
  uploadId: string,
  offset: number,
  body: Buffer | ReadableStream<Uint8Array>,
): Promise<Response> {
  const init: RequestInit & { duplex: 'half' } = {
    method: 'PATCH',
    body: Buffer.isBuffer(body) ? new Uint8Array(body) : body,
    duplex: 'half',
    headers: {
      ...TUS,
      cookie: target.cookie,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
  };
  return fetch(`${target.url}/api/uploads/files/${uploadId}`, init);
}

export function headUpload(target: UploadTarget, uploadId: string): Promise<Response> {
  return fetch(`${target.url}/api/uploads/files/${uploadId}`, {
    method: 'HEAD',
    headers: { ...TUS, cookie: target.cookie },
  });
}

/**
 * Announces all bytes to the server, sends the first `count` of them and resets the connection, once `arrived` has
 * come about: a reset throws away what the other side has not read yet.
 */
export async function cutUpload(
  target: UploadTarget,
  uploadId: string,
  bytes: Buffer,
  count: number,
  arrived: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const { hostname, port, host } = new URL(target.url);
  const socket = createConnection({ port: Number(port), host: hostname });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const lines = [
    `PATCH /api/uploads/files/${uploadId} HTTP/1.1`,
    `host: ${host}`,
    `cookie: ${target.cookie}`,
    'tus-resumable: 1.0.0',
    'upload-offset: 0',
    'content-type: application/offset+octet-stream',
    `content-length: ${bytes.length}`,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.write(bytes.subarray(0, count), () => resolve()));
  await arrived();
  const closed = once(socket, 'close');
  socket.resetAndDestroy();
  await closed;
}
