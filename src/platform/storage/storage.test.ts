import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Random } from '../clock.ts';
import { openLocalStorage } from './open-local-storage.ts';
import { attachment, openS3Storage } from './open-s3-storage.ts';
import type { Storage } from './storage.ts';
import { newStorageKey } from './storage-key.ts';

const random: Random = {
  id: () => crypto.randomUUID(),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
};
const scratch = await mkdtemp(join(tmpdir(), 'storage-contract-'));
const key = () => newStorageKey(random, 'renditions', 'webp');
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

afterAll(() => rm(scratch, { recursive: true, force: true }));

interface Counterpart {
  open(): Promise<Storage>;
  close(): Promise<void>;
}

const counterparts: Record<string, Counterpart> = {
  local: { open: () => openLocalStorage(join(scratch, 'local')), close: async () => {} },
  s3: s3Counterpart(),
};

function s3Counterpart(): Counterpart {
  let server: S3rver | undefined;
  return {
    async open() {
      const directory = join(scratch, 's3');
      await mkdir(directory, { recursive: true });
      server = new S3rver({
        port: 0,
        address: '127.0.0.1',
        silent: true,
        directory,
        configureBuckets: [{ name: 'photos', configs: [] }],
      });
      const { port } = await server.run();
      return openS3Storage({
        bucket: 'photos',
        region: 'eu-west-1',
        endpointUrl: `http://127.0.0.1:${port}`,
        forcePathStyle: true,
        credentials,
      });
    },
    async close() {
      await server?.close();
    },
  };
}

describe.each(Object.entries(counterparts))('storage on %s', (_, counterpart) => {
  let storage: Storage;
  beforeAll(async () => {
    storage = await counterpart.open();
  });
  afterAll(() => counterpart.close());

  it('gives back the bytes that were put, and says their size and type', async () => {
    const place = key();
    const body = randomBytes(70_000);
    await storage.put(place, body, 'image/webp');
    expect((await storage.get(place)).equals(body)).toBe(true);
    expect(await storage.head(place)).toEqual({ sizeBytes: 70_000, contentType: 'image/webp' });
  });

  it('replaces what stood at the key', async () => {
    const place = key();
    await storage.put(place, Buffer.from('first'), 'image/webp');
    await storage.put(place, Buffer.from('second'), 'image/webp');
    expect((await storage.get(place)).toString()).toBe('second');
  });

  it('takes a file of several parts whole and leaves the source', async () => {
    const place = newStorageKey(random, 'originals', 'jpg');
    const path = join(scratch, 'source.jpg');
    const body = randomBytes(19 * 1024 * 1024);
    await writeFile(path, body);
    await storage.putFile(place, path, 'image/jpeg');
    expect((await storage.get(place)).equals(body)).toBe(true);
    expect((await readFile(path)).length).toBe(body.length);
    expect(await storage.head(place)).toEqual({ sizeBytes: body.length, contentType: 'image/jpeg' });
  });

  it('reads a range with both ends inclusive', async () => {
    const place = key();
    await storage.put(place, Buffer.from('0123456789'), 'image/webp');
    expect(await text(await storage.open(place, { start: 2, end: 4 }))).toBe('234');
    expect(await text(await storage.open(place))).toBe('0123456789');
    await expect(storage.open(place, { start: 10, end: 12 })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('says not-found for a missing key, and null for its head', async () => {
    await expect(storage.get(key())).rejects.toMatchObject({ code: 'not-found' });
    await expect(storage.open(key())).rejects.toMatchObject({ code: 'not-found' });
    expect(await storage.head(key())).toBeNull();
  });

  it('removes keys, missing ones included, as often as asked', async () => {
    const place = key();
    await storage.put(place, Buffer.from('x'), 'image/webp');
    await storage.remove([place, key()]);
    await storage.remove([place]);
    expect(await storage.head(place)).toBeNull();
  });

  it('lists a prefix in order, page by page, without those of others', async () => {
    const places = Array.from({ length: 7 }, () => newStorageKey(random, 'branding', 'png')).sort();
    for (const place of places) await storage.put(place, Buffer.from('x'), 'image/png');
    const first = await storage.list('branding', { limit: 3 });
    const second = await storage.list('branding', { limit: 100, after: first.at(-1) });
    expect([...first, ...second]).toEqual(places);
    expect(first).toHaveLength(3);
  });

  it.each([
    'originals/../../etc/passwd',
    '../originals/aa/b.jpg',
    '/etc/passwd',
    'originals//b.jpg',
    'originals/.incoming/b',
    'originals/a\0.jpg',
    'originals/a\\..\\b.jpg',
    'other/aa/b.jpg',
    'originals',
    `originals/${'a'.repeat(400)}`,
  ])('refuses the key %j in every call', async (bad) => {
    const refusal = { code: 'bad-input' };
    const asked = async (call: () => Promise<unknown>) => call();
    await expect(asked(() => storage.put(bad, Buffer.from('x'), 'image/jpeg'))).rejects.toMatchObject(
      refusal,
    );
    await expect(asked(() => storage.get(bad))).rejects.toMatchObject(refusal);
    await expect(asked(() => storage.open(bad))).rejects.toMatchObject(refusal);
    await expect(asked(() => storage.head(bad))).rejects.toMatchObject(refusal);
    await expect(asked(() => storage.remove([bad]))).rejects.toMatchObject(refusal);
  });

  it('answers a ping', async () => {
    await expect(storage.ping(2000)).resolves.toBeUndefined();
  });
});

describe('local storage', () => {
  it('leaves no half file behind when the source can not be read', async () => {
    const folder = join(scratch, 'half');
    const storage = await openLocalStorage(folder);
    await expect(storage.putFile(key(), join(scratch, 'absent.jpg'), 'image/jpeg')).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await readdir(folder, { recursive: true })).toEqual(['.incoming']);
  });

  it('is unavailable, in ping too, when its folder is gone', async () => {
    const folder = join(scratch, 'gone');
    const storage = await openLocalStorage(folder);
    await rm(folder, { recursive: true });
    await expect(storage.ping(1000)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('S3 storage', () => {
  it('gives an address that opens the object for a while, with the wished file name', async () => {
    const counterpart = s3Counterpart();
    const storage = await counterpart.open();
    try {
      const place = key();
      await storage.put(place, Buffer.from('for the buyer'), 'image/webp');
      const url = await storage.presign(place, { expiresInSeconds: 60, downloadName: 'Élodie "1".jpg' });
      const answer = await fetch(url ?? '');
      expect(await answer.text()).toBe('for the buyer');
      expect(answer.headers.get('content-disposition')).toContain(
        "filename*=UTF-8''%C3%89lodie%20%221%22.jpg",
      );
    } finally {
      await counterpart.close();
    }
  });

  it.each([
    ['answers 500', 500],
    ['answers 503', 503],
  ])('is unavailable after three tries when the server %s', async (_, status) => {
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.writeHead(status).end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const storage = await brokenStorage((server.address() as AddressInfo).port);
    await expect(storage.get(key())).rejects.toMatchObject({ code: 'unavailable' });
    expect(calls).toBe(3);
    server.close();
  });

  it('is unavailable when the server never answers, within its time limit', async () => {
    const server = createServer(() => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const storage = await brokenStorage((server.address() as AddressInfo).port, 1);
    await expect(storage.get(key())).rejects.toMatchObject({ code: 'unavailable' });
    await expect(storage.ping(100)).rejects.toMatchObject({ code: 'unavailable' });
    server.closeAllConnections();
    server.close();
  });

  it('is unavailable when nothing listens', async () => {
    const storage = await brokenStorage(1, 1);
    await expect(storage.put(key(), Buffer.from('x'), 'image/webp')).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('never lets a file name end the header', () => {
    expect(attachment('a"\r\nSet-Cookie: x=1\r\n.jpg')).not.toMatch(/[\r\n]|" *\n|"[^;]*"[^;]*"/);
  });
});

function brokenStorage(port: number, maxAttempts = 3): Promise<Storage> {
  return openS3Storage({
    bucket: 'photos',
    region: 'eu-west-1',
    endpointUrl: `http://127.0.0.1:${port}`,
    forcePathStyle: true,
    credentials,
    requestTimeoutMs: 300,
    maxAttempts,
  });
}

async function text(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
