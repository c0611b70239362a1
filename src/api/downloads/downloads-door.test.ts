import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { serve } from '@hono/node-server';
import { eq } from 'drizzle-orm';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { signDownload } from '#domain/orders/download-token.ts';
import { getOrderBySecret } from '#domain/orders/get-order.ts';
import { downloads, fileCredits, orders } from '#domain/orders/tables.ts';
import { photos as photoTable } from '#domain/photos/tables.ts';
import { missingObject } from '#platform/storage/storage-errors.ts';
import { readIptc, spliceIptc } from '#vision/iptc/splice-iptc.ts';
import { until } from '../../../tests/doubles/until.ts';
import { drawPlainPhoto } from '../../../tests/fixtures/plain-photo.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { buy, fillCart, makeShop } from '../../../tests/shop.ts';
import { errorAnswer } from '../http/error-answer.ts';
import { openDownloadsDoor } from './downloads-door.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openServer(ctx: TestContext): Promise<string> {
  const app = new Hono();
  app.onError((error, c) => {
    const told = errorAnswer(error, 'fr', ctx.log);
    return c.json(told.body, told.status, told.headers);
  });
  app.route('/api/downloads', openDownloadsDoor(ctx));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function soldOrder({ photos = 3 } = {}) {
  const ctx = await createTestContext();
  const shop = await makeShop(ctx, { photos });
  const bought = shop.photos.slice(0, photos);
  const token = await fillCart(
    ctx,
    shop.event.id,
    bought.map((photo) => photo.id),
  );
  const { secret, orderId } = await buy(ctx, token);
  const origin = await openServer(ctx);
  const order = await getOrderBySecret(ctx, { secret });
  const [first] = order.files;
  const [archive] = order.archives;
  if (!first?.downloadUrl || !archive) throw new Error('nothing to download');
  const original = ctx.storage.objects.get(bought.find((one) => one.id === first.photoId)?.originalKey ?? '');
  return {
    ctx,
    orderId,
    secret,
    bought,
    order,
    first,
    original: original?.body ?? Buffer.alloc(0),
    one: `${origin}${first.downloadUrl}`,
    all: `${origin}${archive.url}`,
    origin,
  };
}

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer());

describe('one original', () => {
  test('LEAK-10: leaves byte for byte, position included, under the photographer’s name and for nobody’s cache', async () => {
    const { ctx, one, first, original } = await soldOrder();
    const name = 'Léa "à l’arrivée" 100%.jpg';
    await ctx.db.update(photoTable).set({ fileName: name }).where(eq(photoTable.id, first.photoId));
    const answer = await fetch(one);
    expect(await bytesOf(answer)).toEqual(original);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="Lea _a l_arrivee_ 100_.jpg"; ' +
        "filename*=UTF-8''L%C3%A9a%20_%C3%A0%20l%E2%80%99arriv%C3%A9e_%20100%25.jpg",
    );
  });

  test('is given in ranges, so that a cut download goes on', async () => {
    const { one, original } = await soldOrder();
    const middle = await fetch(one, { headers: { range: 'bytes=100-199' } });
    expect([middle.status, middle.headers.get('content-range')]).toEqual([
      206,
      `bytes 100-199/${original.length}`,
    ]);
    expect(await bytesOf(middle)).toEqual(original.subarray(100, 200));
    const beyond = await fetch(one, { headers: { range: `bytes=${original.length}-` } });
    expect(beyond.status).toBe(416);
  });

  test('goes on only where it is still the same file, and is whole again else', async () => {
    const { one, original } = await soldOrder();
    const etag = (await fetch(one)).headers.get('etag') ?? '';
    const resume = (ifRange: string) => fetch(one, { headers: { range: 'bytes=100-', 'if-range': ifRange } });
    const same = await resume(etag);
    expect([same.status, (await bytesOf(same)).length]).toEqual([206, original.length - 100]);
    const other = await resume('"of-before"');
    expect([other.status, await bytesOf(other)]).toEqual([200, original]);
  });

  test('is logged also when it was asked for from its second byte on', async () => {
    const { ctx, one, orderId, first } = await soldOrder();
    for (const range of ['bytes=1-', 'bytes=50-']) await bytesOf(await fetch(one, { headers: { range } }));
    const log = await ctx.db.select().from(downloads).where(eq(downloads.orderId, orderId));
    expect(log.map(({ photoId }) => photoId)).toEqual([first.photoId]);
  });

  test('is logged once, not for each resumed part', async () => {
    const { ctx, one, orderId, first } = await soldOrder();
    await bytesOf(await fetch(one));
    await bytesOf(await fetch(one, { headers: { range: 'bytes=10-' } }));
    const log = await ctx.db.select().from(downloads).where(eq(downloads.orderId, orderId));
    expect(log).toMatchObject([{ photoId: first.photoId, size: 'original', userAgent: 'node' }]);
  });

  test('stays there for its buyer when it is hidden after the sale', async () => {
    const { ctx, one, first, original } = await soldOrder();
    await ctx.db
      .update(photoTable)
      .set({ hiddenAt: ctx.clock.now() })
      .where(eq(photoTable.id, first.photoId));
    expect(await bytesOf(await fetch(one))).toEqual(original);
  });
});

describe('a signed address', () => {
  test('LEAK-05, LEAK-06: cannot be stretched: another photo, another size, another end, a cut or rewritten signature, another method', async () => {
    const { one, ctx, origin, orderId } = await soldOrder();
    const token = one.split('/').at(-1) ?? '';
    const [order, photo, size, expires = '', signature = ''] = token.split('.');
    const forged = [
      `${order}.${ctx.random.id()}.${size}.${expires}.${signature}`,
      `${order}.${photo}.web.${expires}.${signature}`,
      `${order}.${photo}.${expires}.${signature}`,
      `${order}.all.1.${expires}.${signature}`,
      `${ctx.random.id()}.${photo}.${size}.${expires}.${signature}`,
      `${order}.${photo}.${size}.${Number(expires) + 60}.${signature}`,
      `${order}.${photo}.${size}.${expires}.${signature.slice(0, -1)}`,
      `${order}.${photo}.${size}.${expires}.${signature}A`,
      `${order}.${photo}.${size}.${expires}.${signature.toUpperCase()}`,
      `${order?.toUpperCase()}.${photo}.${size}.${expires}.${signature}`,
      `${order}.${photo}.${size}.${expires}`,
      token.replaceAll('.', '%2e%2e'),
    ];
    for (const wrong of forged) {
      expect((await fetch(`${origin}/api/downloads/${wrong}`)).status, wrong).toBe(404);
    }
    for (const method of ['HEAD', 'PUT', 'POST', 'DELETE']) {
      expect((await fetch(one, { method })).status, method).toBe(405);
    }
    const stranger = signDownload(ctx, {
      kind: 'photo',
      orderId,
      photoId: ctx.random.id(),
      size: 'original',
    });
    expect((await fetch(`${origin}/api/downloads/${stranger}`)).status).toBe(404);
  });

  test('LEAK-06: ends after a day, and the order’s page gives another', async () => {
    const { ctx, one } = await soldOrder();
    ctx.clock.advance(24 * 3600 - 1);
    expect((await fetch(one)).status).toBe(200);
    ctx.clock.advance(1);
    expect((await fetch(one)).status).toBe(404);
  });

  test.each(['refunded', 'disputed', 'pending', 'cancelled'] as const)(
    'LEAK-06: is closed while the order is %s',
    async (state) => {
      const { ctx, one, all, orderId } = await soldOrder();
      await ctx.db.update(orders).set({ state }).where(eq(orders.id, orderId));
      for (const url of [one, all]) {
        const answer = await fetch(url);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([403, 'application/json']);
      }
    },
  );
});

describe('a seller’s credit', () => {
  const credit = { credit: 'Photo Léa Moreau', licence: 'Usage personnel, sans revente.' };

  test('LEAK-10: is written into the JPEG on its way, in ranges and ZIP alike; the picture stays, and the page says it', async () => {
    const { ctx, one, all, first, bought, secret } = await soldOrder();
    const photo = bought.find((candidate) => candidate.id === first.photoId);
    const original = await drawPlainPhoto({ seed: 'credit', widthPx: 300, heightPx: 200 });
    await ctx.storage.put(photo?.originalKey ?? '', original, 'image/jpeg');
    await ctx.db
      .update(photoTable)
      .set({ sizeBytes: original.length })
      .where(eq(photoTable.id, first.photoId));
    await ctx.db
      .insert(fileCredits)
      .values({ eventId: photo?.eventId ?? '', ...credit, updatedAt: ctx.clock.now() });
    const answer = await fetch(one);
    const sent = await bytesOf(answer);
    expect(Number(answer.headers.get('content-length'))).toBe(sent.length);
    expect(readIptc(sent).map(({ dataset, value }) => [dataset, value.toString()])).toEqual([
      [90, '\x1b%G'],
      [110, credit.credit],
      [40, credit.licence],
    ]);
    const scan = original.indexOf(Buffer.from([0xff, 0xda]));
    expect(sent.subarray(sent.length - (original.length - scan))).toEqual(original.subarray(scan));
    for (const [from, to] of [
      [0, 9],
      [5, sent.length - 1],
      [sent.indexOf('Photo L'), sent.indexOf('Photo L') + 900],
    ]) {
      const part = await fetch(one, { headers: { range: `bytes=${from}-${to}` } });
      expect(await bytesOf(part)).toEqual(sent.subarray(from, (to ?? 0) + 1));
    }
    const zip = await bytesOf(await fetch(all));
    const entries = readZip(zip);
    expect(entries.every((entry) => crc32(entry.body) === entry.crc)).toBe(true);
    expect(entries.some((entry) => entry.body.equals(sent))).toBe(true);
    // The other two are no JPEGs: they leave as they are.
    expect(entries.filter((entry) => entry.body.includes('Moreau'))).toHaveLength(1);
    expect((await getOrderBySecret(ctx, { secret })).credited).toBe(true);
  });

  test('takes no place of what the photographer’s own program wrote', async () => {
    const { ctx, one, first, bought } = await soldOrder();
    const photo = bought.find((candidate) => candidate.id === first.photoId);
    const plain = await drawPlainPhoto({ seed: 'own', widthPx: 300, heightPx: 200 });
    const own = spliceIptc(plain, () => [{ dataset: 110, text: 'Agence Sud', maxBytes: 32 }]);
    if (!own) throw new Error('no credit');
    const original = Buffer.concat([
      plain.subarray(0, own.at),
      own.inserted,
      plain.subarray(own.at + own.removed),
    ]);
    await ctx.storage.put(photo?.originalKey ?? '', original, 'image/jpeg');
    await ctx.db
      .update(photoTable)
      .set({ sizeBytes: original.length })
      .where(eq(photoTable.id, first.photoId));
    await ctx.db
      .insert(fileCredits)
      .values({ eventId: photo?.eventId ?? '', ...credit, licence: null, updatedAt: ctx.clock.now() });
    expect(await bytesOf(await fetch(one))).toEqual(original);
  });
});

describe('the ZIP', () => {
  test('ZIP-01: holds every original stored and whole, with plain names that are each there once', async () => {
    const { ctx, all, bought } = await soldOrder({ photos: 4 });
    const names = ['../../etc/passwd.jpg', 'IMG_1.jpg', 'img_1.JPG', 'C:\\photos\\IMG_1.jpg'];
    for (const [index, photo] of bought.entries()) {
      await ctx.db
        .update(photoTable)
        .set({ fileName: names[index] ?? '' })
        .where(eq(photoTable.id, photo.id));
    }
    const answer = await fetch(all);
    const body = await bytesOf(answer);
    expect(Number(answer.headers.get('content-length'))).toBe(body.length);
    const entries = readZip(body);
    expect(entries.map((entry) => entry.method)).toEqual([0, 0, 0, 0]);
    expect(new Set(entries.map((entry) => entry.name.toLowerCase())).size).toBe(4);
    expect(entries.some((entry) => /[/\\]|\.\./.test(entry.name))).toBe(false);
    const originals = bought.map((photo) => ctx.storage.objects.get(photo.originalKey)?.body.toString());
    expect(new Set(entries.map((entry) => entry.body.toString()))).toEqual(new Set(originals));
    expect(entries.every((entry) => crc32(entry.body) === entry.crc)).toBe(true);
  });

  test('ZIP-01: of 240 MB starts at once, opens one file at a time and does not fill the memory', {
    timeout: 60_000,
  }, async () => {
    const FILE_BYTES = 12_000_000;
    const { ctx, all, bought } = await soldOrder({ photos: 20 });
    for (const { id } of bought) {
      await ctx.db.update(photoTable).set({ sizeBytes: FILE_BYTES }).where(eq(photoTable.id, id));
    }
    const open = watchStorage(ctx, FILE_BYTES);
    const before = process.memoryUsage().rss;
    const start = performance.now();
    const answer = await fetch(all);
    let received = 0;
    let most = 0;
    let firstByteMs = 0;
    for await (const chunk of answer.body ?? []) {
      firstByteMs ||= performance.now() - start;
      received += chunk.length;
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect(received).toBeGreaterThan(20 * FILE_BYTES);
    expect(firstByteMs).toBeLessThan(2_000);
    expect(open.mostAtOnce).toBe(1);
    expect(most).toBeLessThan(128_000_000);
  });

  test('ZIP-02: is let go at once when the buyer goes away, fifty times', { timeout: 60_000 }, async () => {
    const FILE_BYTES = 5_000_000;
    const { ctx, all, bought } = await soldOrder({ photos: 5 });
    for (const { id } of bought) {
      await ctx.db.update(photoTable).set({ sizeBytes: FILE_BYTES }).where(eq(photoTable.id, id));
    }
    const open = watchStorage(ctx, FILE_BYTES);
    for (let round = 0; round < 50; round += 1) {
      const gone = new AbortController();
      const answer = await fetch(all, { signal: gone.signal });
      await answer.body?.getReader().read();
      gone.abort();
    }
    await until(() => open.now === 0);
    expect(open.opened).toBeGreaterThanOrEqual(50);
  });

  test('ZIP-03: is refused whole when an original is missing or short, and the order’s page shows which', async () => {
    const { ctx, all, bought, secret } = await soldOrder();
    const key = bought[1]?.originalKey ?? '';
    await ctx.storage.put(key, Buffer.from('short'), 'image/jpeg');
    expect((await fetch(all)).status).toBe(503);
    await ctx.storage.remove([key]);
    const answer = await fetch(all);
    expect([answer.status, await answer.json()]).toMatchObject([503, { error: { code: 'unavailable' } }]);
    const shown = await getOrderBySecret(ctx, { secret });
    expect(shown.files.filter((file) => file.state === 'missing')).toMatchObject([
      { photoId: bought[1]?.id },
    ]);
    expect(shown.archives).toEqual([]);
  });

  test('ZIP-03: breaks off loudly when an original vanishes under way', async () => {
    const { ctx, all, bought } = await soldOrder();
    const { open } = ctx.storage;
    const last = bought[2]?.originalKey;
    Object.assign(ctx.storage, {
      open: (key: string) => (key === last ? Promise.reject(missingObject()) : open(key)),
    });
    await expect(fetch(all).then(bytesOf)).rejects.toThrow();
  });
});

/** Gives files of that size without holding them, and counts those that are open. */
function watchStorage(ctx: TestContext, sizeBytes: number) {
  const seen = { now: 0, mostAtOnce: 0, opened: 0 };
  const block = Buffer.alloc(64_000, 'photo');
  Object.assign(ctx.storage, {
    head: async () => ({ sizeBytes, contentType: 'image/jpeg' }),
    open: async () => {
      let left = sizeBytes;
      seen.opened += 1;
      seen.now += 1;
      seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.now);
      const stream = new Readable({
        read() {
          const part = block.subarray(0, Math.min(left, block.length));
          left -= part.length;
          this.push(part.length > 0 ? part : null);
        },
      });
      stream.once('close', () => {
        seen.now -= 1;
      });
      return stream;
    },
  });
  return seen;
}

/** The entries of a ZIP by its central directory. */
function readZip(zip: Buffer) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [nameLength, extraLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30)];
    const size = zip.readUInt32LE(at + 24);
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const entry = {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      body: zip.subarray(data, data + size),
    };
    at += 46 + nameLength + extraLength + zip.readUInt16LE(at + 32);
    return entry;
  });
}
