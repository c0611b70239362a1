import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { hashToken } from '#domain/orders/find-cart.ts';
import { getOrderBySecret } from '#domain/orders/get-order.ts';
import { orderSecret } from '#domain/orders/order-secret.ts';
import { orders } from '#domain/orders/tables.ts';
import { makeEvent, makeOrder, makeOrderLine, makePhoto } from '../../tests/factories.ts';
import { residentMb } from './cpu.ts';
import { type Figure, type Measure, statedFigure } from './figure.ts';
import { openSite } from './web.ts';

const PHOTOS = 500;
const PHOTO_BYTES = 10_000_000;
const LOOK_MS = 50;
/** ZIP-01. */
const MOST_RISE_MB = 128;
const MOST_SECONDS = 2;

export const delivery: Measure = {
  name: 'delivery',
  about: `the ZIP of an order of ${PHOTOS} photos of ${PHOTO_BYTES / 1e6} MB, by the web process`,
  async run({ photos = PHOTOS } = {}) {
    await using site = await openSite();
    const url = await site.fill(({ ctx }) => sellPhotos(ctx, photos));
    const web = await site.start();
    const before = residentMb(web.pid);
    const watched = watch(web.pid);
    const { firstByteSeconds, bytes } = await download(`${web.url}${url}`);
    const most = await watched.stop();
    if (bytes < photos * PHOTO_BYTES) throw new Error(`only ${bytes} bytes came`);
    console.error(
      `  ${(bytes / 1e9).toFixed(2)} GB, ${Math.round(before)} MB before, ${Math.round(most)} MB at most`,
    );
    return figuresOf(most - before, firstByteSeconds);
  },
};

function figuresOf(riseMb: number, seconds: number): Figure[] {
  return [
    statedFigure({ title: 'memory gained', unit: 'MB', target: { atMost: MOST_RISE_MB } }, riseMb),
    statedFigure({ title: 'until the first byte', unit: 's', target: { atMost: MOST_SECONDS } }, seconds),
  ];
}

/** Rows of their own with one file between them: a disk has room for that. Gives the ZIP's address. */
async function sellPhotos(ctx: Context, photos: number): Promise<string> {
  const { id: eventId } = await makeEvent(ctx);
  const order = await makeOrder(ctx, {
    state: 'paid',
    paidAt: ctx.clock.now(),
    deliveredAt: ctx.clock.now(),
  });
  const body = randomBytes(PHOTO_BYTES);
  let originalKey = '';
  for (let position = 0; position < photos; position += 1) {
    const sha256 = createHash('sha256').update(`${position}`).digest('hex');
    const shared = originalKey ? { originalKey } : {};
    const photo = await makePhoto(ctx, { eventId, sha256, sizeBytes: PHOTO_BYTES, ...shared });
    if (!originalKey) await ctx.storage.put(photo.originalKey, body, 'image/jpeg');
    originalKey = photo.originalKey;
    await makeOrderLine(ctx, { orderId: order.id, eventId, photoId: photo.id, position });
  }
  const secret = orderSecret(ctx, order.id);
  await ctx.db
    .update(orders)
    .set({ secretHash: hashToken(secret) })
    .where(eq(orders.id, order.id));
  const [archive] = (await getOrderBySecret(ctx, { secret })).archives;
  if (!archive) throw new Error('there is no ZIP');
  return archive.url;
}

async function download(url: string): Promise<{ firstByteSeconds: number; bytes: number }> {
  const startedAt = performance.now();
  const answer = await fetch(url);
  let firstByteSeconds = 0;
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    firstByteSeconds ||= (performance.now() - startedAt) / 1000;
    bytes += chunk.length;
  }
  return { firstByteSeconds, bytes };
}

function watch(pid: number): { stop(): Promise<number> } {
  const until = new AbortController();
  let most = 0;
  const looking = (async () => {
    while (!until.signal.aborted) {
      most = Math.max(most, residentMb(pid));
      await sleep(LOOK_MS);
    }
  })();
  return {
    stop: async () => {
      until.abort();
      await looking;
      return most;
    },
  };
}
