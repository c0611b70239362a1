import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { isDomainError } from '../errors.ts';
import type { ByteRange, Storage } from './storage.ts';
import { badRange, missingObject, storageUnavailable } from './storage-errors.ts';
import { requireStorageKey } from './storage-key.ts';
import { withDeadline } from './with-deadline.ts';

export interface S3StorageOptions {
  bucket: string;
  region: string;
  /** Another server than Amazon's: AWS_ENDPOINT_URL_S3. */
  endpointUrl?: string | null;
  /** Bucket in the path instead of the host name; most other servers need it. */
  forcePathStyle?: boolean;
  /** Left out, the SDK looks for them itself: environment, profile, instance role. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  connectionTimeoutMs?: number;
  requestTimeoutMs?: number;
  maxAttempts?: number;
}

const PART_BYTES = 8 * 1024 * 1024;
const KEYS_PER_DELETE = 1000;

/** Photo bytes in a private S3 bucket. Failed calls are tried three times with the SDK's back-off. */
export async function openS3Storage(options: S3StorageOptions): Promise<Storage> {
  const client = new S3Client({
    region: options.region,
    ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
    forcePathStyle: options.forcePathStyle ?? false,
    maxAttempts: options.maxAttempts ?? 3,
    // Servers other than Amazon's refuse the SDK's newer trailing checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: options.connectionTimeoutMs ?? 3000,
      requestTimeout: options.requestTimeoutMs ?? 20_000,
      throwOnRequestTimeout: true,
    },
  });
  const at = (key: string) => ({ Bucket: options.bucket, Key: requireStorageKey(key) });

  return {
    kind: 's3',
    async put(key, body, contentType) {
      await translated(() =>
        client.send(new PutObjectCommand({ ...at(key), Body: body, ContentType: contentType })),
      );
    },
    async putFile(key, path, contentType) {
      const place = { ...at(key), ContentType: contentType };
      await translated(() => sendFile(client, place, path));
    },
    get: (key) => translated(async () => readAll(await openObject(client, at(key)))),
    open: (key, range) => translated(() => openObject(client, at(key), range)),
    head: (key) => headObject(client, at(key)),
    async remove(keys) {
      const objects = keys.map((key) => ({ Key: requireStorageKey(key) }));
      for (let start = 0; start < objects.length; start += KEYS_PER_DELETE) {
        await removeBatch(client, options.bucket, objects.slice(start, start + KEYS_PER_DELETE));
      }
    },
    list: (prefix, page) => translated(() => listKeys(client, options.bucket, prefix, page)),
    presign: (key, wish) =>
      getSignedUrl(
        client,
        new GetObjectCommand({
          ...at(key),
          ...(wish.downloadName ? { ResponseContentDisposition: attachment(wish.downloadName) } : {}),
        }),
        { expiresIn: wish.expiresInSeconds },
      ),
    ping: (timeoutMs) =>
      withDeadline(timeoutMs, 'S3 bucket', async (abortSignal) => {
        await client.send(new HeadBucketCommand({ Bucket: options.bucket }), { abortSignal });
      }),
  };
}

/** RFC 6266: an ASCII name for old clients and the true one in UTF-8; neither can end the header. */
export function attachment(name: string): string {
  const ascii = name.replaceAll(/[^A-Za-z0-9 ._()-]/g, '_');
  const utf8 = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}

interface Place {
  Bucket: string;
  Key: string;
}

async function sendFile(client: S3Client, place: Place & { ContentType: string }, path: string) {
  const { size } = await stat(path);
  if (size <= PART_BYTES) {
    await client.send(new PutObjectCommand({ ...place, Body: await readFile(path) }));
    return;
  }
  const upload = new Upload({
    client,
    params: { ...place, Body: createReadStream(path, { highWaterMark: 1 << 20 }) },
    partSize: PART_BYTES,
    queueSize: 2,
    leavePartsOnError: false,
  });
  await upload.done();
}

async function openObject(client: S3Client, place: Place, range?: ByteRange): Promise<Readable> {
  if (range && (range.start < 0 || range.end < range.start)) throw badRange();
  const answer = await client.send(
    new GetObjectCommand({ ...place, ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) }),
  );
  if (answer.Body instanceof Readable) return answer.Body;
  throw storageUnavailable('S3 answered without a body');
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function headObject(client: S3Client, place: Place) {
  try {
    const answer = await client.send(new HeadObjectCommand(place));
    return {
      sizeBytes: answer.ContentLength ?? 0,
      contentType: answer.ContentType ?? 'application/octet-stream',
    };
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw translate(error);
  }
}

async function removeBatch(client: S3Client, bucket: string, objects: { Key: string }[]): Promise<void> {
  const answer = await translated(() =>
    client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } })),
  );
  const failed = (answer.Errors ?? []).filter((error) => error.Code !== 'NoSuchKey');
  if (failed.length > 0) throw storageUnavailable(`S3 did not remove ${failed.length} objects`);
}

async function listKeys(
  client: S3Client,
  bucket: string,
  prefix: string,
  page: { after?: string; limit: number },
): Promise<string[]> {
  const keys: string[] = [];
  let after = page.after;
  while (keys.length < page.limit) {
    const answer = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: `${prefix}/`,
        ...(after ? { StartAfter: after } : {}),
      }),
    );
    for (const object of answer.Contents ?? []) if (object.Key) keys.push(object.Key);
    if (!answer.IsTruncated) break;
    after = keys.at(-1);
  }
  return keys.slice(0, page.limit);
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

function translate(error: unknown): unknown {
  if (isDomainError(error)) return error;
  const status = statusOf(error);
  // A missing bucket is also a 404, but a fault of the installation and not of the key.
  const name = error instanceof Error ? error.name : 'unknown';
  if (status === 404 && name !== 'NoSuchBucket') return missingObject(error);
  if (status === 416) return badRange(error);
  return storageUnavailable(`S3 answered ${status ?? 'nothing'} (${name})`, error);
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const facts = error.$metadata;
  if (typeof facts !== 'object' || facts === null || !('httpStatusCode' in facts)) return null;
  return typeof facts.httpStatusCode === 'number' ? facts.httpStatusCode : null;
}
