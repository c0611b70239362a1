import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { newFakeEngine } from '../../../tests/doubles/fake-engine.ts';
import { runJobs } from '../../../tests/doubles/memory-queue.ts';
import { makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { BIB, buy, checkOut, deliverWaiting, makeShop, makeSoldPhoto } from '../../../tests/shop.ts';
import { events } from '../events/tables.ts';
import { photos as photoTable, renditions } from '../photos/tables.ts';
import { eventOffers } from '../pricing/tables.ts';
import { addToCart } from './add-to-cart.ts';
import { getCart } from './get-cart.ts';
import { getOrderBySecret } from './get-order.ts';
import { makeWebCopyJob } from './jobs.ts';
import { joinLatePhotos } from './join-late-photos.ts';
import { openDownload } from './open-download.ts';
import { recordVisit } from './record-visit.ts';
import { orderLines, orders, orderVisits } from './tables.ts';
import { tellLatePhotos } from './tell-late-photos.ts';

const HOUR = 3600;

type OfferRow = Partial<typeof eventOffers.$inferInsert>;

async function openShop(offer: OfferRow = {}, photos = 2) {
  const ctx = await createTestContext({ engine: newFakeEngine(() => ({})) });
  const shop = await makeShop(ctx, { photos });
  await ctx.db.insert(eventOffers).values({
    eventId: shop.event.id,
    selling: 'paid',
    webPriceCents: 300,
    updatedAt: ctx.clock.now(),
    ...offer,
  });
  return { ctx, ...shop };
}

type Asked = Parameters<typeof addToCart>[1];
type Line = Asked extends infer One ? (One extends Asked ? Omit<One, 'token'> : never) : never;

async function buyLines(ctx: TestContext, lines: Line[]) {
  let token: string | null = null;
  for (const line of lines) ({ token } = await addToCart(ctx, { token, ...line }));
  const { totalCents } = await getCart(ctx, { token });
  if (totalCents > 0) return buy(ctx, token ?? '');
  const started = await checkOut(ctx, token ?? '');
  await deliverWaiting(ctx);
  return started;
}

const makeCopies = (ctx: TestContext) => runJobs(ctx, [makeWebCopyJob] as never);

/** With its files by name. */
async function getSorted(ctx: TestContext, secret: string) {
  const order = await getOrderBySecret(ctx, { secret });
  return { ...order, files: order.files.toSorted((one, other) => (one.fileName < other.fileName ? -1 : 1)) };
}

async function filesOf(ctx: TestContext, secret: string) {
  const { files } = await getOrderBySecret(ctx, { secret });
  return files.map(({ size, state, fileName }) => `${fileName} ${size} ${state}`);
}

async function bytesOf(ctx: TestContext, downloadUrl: string | null | undefined): Promise<string> {
  const opened = await openDownload(ctx, { token: downloadUrl?.split('/').at(-1) ?? '' });
  if (opened.kind !== 'photo') throw new Error('not one photo');
  return (await ctx.storage.get(opened.file.storageKey)).toString();
}

describe('the web size', () => {
  test('LEAK-10: is a file of its own, there once a lane has made it, and gives no right to the original', async () => {
    const { ctx, event, photos } = await openShop();
    const photoId = photos[0]?.id ?? '';
    const { secret } = await buyLines(ctx, [{ kind: 'photo', eventId: event.id, photoId, size: 'web' }]);
    expect(await filesOf(ctx, secret)).toEqual(['IMG_0-web.jpg web preparing']);
    expect((await getOrderBySecret(ctx, { secret })).archives).toEqual([]);
    expect(await makeCopies(ctx)).toBe(1);
    const order = await getOrderBySecret(ctx, { secret });
    expect(order.files).toMatchObject([
      { size: 'web', state: 'ready', widthPx: 1600, contentType: 'image/jpeg' },
    ]);
    expect(await bytesOf(ctx, order.files[0]?.downloadUrl)).toBe('copy of 1000');
    expect(order.archives).toHaveLength(1);
    const [copy] = await ctx.db.select().from(renditions).where(eq(renditions.photoId, photoId));
    expect(copy).toMatchObject({ kind: 'sold-web', sizeBytes: 12 });
  });

  test('is made once for all who buy it, and as galleries show the photo', async () => {
    const { ctx, event, photos } = await openShop();
    const photoId = photos[0]?.id ?? '';
    const line = { kind: 'photo', eventId: event.id, photoId, size: 'web' } as const;
    await buyLines(ctx, [line]);
    await makeCopies(ctx);
    const { secret } = await buyLines(ctx, [line]);
    expect(await makeCopies(ctx)).toBe(0);
    expect(await filesOf(ctx, secret)).toEqual(['IMG_0-web.jpg web ready']);
  });

  test('that a sponsor gives bears its name, and is not the one that is sold', async () => {
    const { ctx, event, photos } = await openShop({ selling: 'sponsored', sponsorName: 'Maison Léon' });
    const photoId = photos[0]?.id ?? '';
    const { secret } = await buyLines(ctx, [{ kind: 'photo', eventId: event.id, photoId, size: 'web' }]);
    await makeCopies(ctx);
    const { files, totalCents } = await getOrderBySecret(ctx, { secret });
    expect([totalCents, await bytesOf(ctx, files[0]?.downloadUrl)]).toEqual([0, 'copy of 1000 sponsored']);
  });
});

describe('the right to photos', () => {
  test('LEAK-06: ends with the refund of the line that gave it, size by size', async () => {
    const { ctx, event, photos } = await openShop();
    const photoId = photos[0]?.id ?? '';
    const { secret, orderId } = await buyLines(ctx, [
      { kind: 'photo', eventId: event.id, photoId, size: 'web' },
      { kind: 'all-photos', eventId: event.id, bib: BIB },
    ]);
    await makeCopies(ctx);
    const before = await getSorted(ctx, secret);
    expect(before.files.map((file) => [file.fileName, file.state])).toEqual([
      ['IMG_0-web.jpg', 'ready'],
      ['IMG_0.jpg', 'ready'],
      ['IMG_1.jpg', 'ready'],
    ]);
    expect(before.photoCount).toBe(2);
    const pack = await ctx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    const paid = pack.find((line) => line.kind === 'all-photos');
    await ctx.db
      .update(orderLines)
      .set({ refundedCents: paid?.priceCents ?? 0 })
      .where(eq(orderLines.id, paid?.id ?? ''));
    const after = await getSorted(ctx, secret);
    expect(after.files.map((file) => file.state)).toEqual(['ready', 'refunded', 'refunded']);
    expect(after.files.map((file) => file.thumbnailUrl === null)).toEqual([false, true, true]);
    await expect(bytesOf(ctx, before.files[1]?.downloadUrl)).rejects.toMatchObject({ code: 'forbidden' });
    const archive = await openDownload(ctx, { token: before.archives[0]?.url.split('/').at(-1) ?? '' });
    expect(archive.kind === 'archive' && archive.files.map((file) => file.fileName)).toEqual([
      'IMG_0-web.jpg',
    ]);
    await makeSoldPhoto(ctx, event.id, 7);
    expect(await joinLatePhotos(ctx)).toBe(0);
  });

  test('that another line covered ends with the refund of that one, and not before', async () => {
    const { ctx, event, photos } = await openShop();
    const { secret, orderId } = await buyLines(ctx, [
      { kind: 'photo', eventId: event.id, photoId: photos[0]?.id ?? '', bib: BIB },
      { kind: 'all-photos', eventId: event.id, bib: BIB },
    ]);
    const shown = async () => (await getOrderBySecret(ctx, { secret })).files.map((file) => file.state);
    const lines = await ctx.db.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    expect(lines.map(({ reason }) => reason).sort()).toEqual(['all-photos', 'included']);
    expect(await shown()).toEqual(['ready', 'ready']);
    const paid = lines.find((line) => line.kind === 'all-photos');
    await ctx.db
      .update(orderLines)
      .set({ refundedCents: paid?.priceCents ?? 0 })
      .where(eq(orderLines.id, paid?.id ?? ''));
    expect(await shown()).toEqual(['refunded', 'refunded']);
  });

  test('LEAK-06: an erased file is refused, never replaced by another size, and the page says so', async () => {
    const { ctx, event, photos } = await openShop();
    const photoId = photos[0]?.id ?? '';
    const { secret } = await buyLines(ctx, [
      { kind: 'photo', eventId: event.id, photoId },
      { kind: 'photo', eventId: event.id, photoId: photos[1]?.id ?? '' },
    ]);
    const { files } = await getSorted(ctx, secret);
    await ctx.storage.remove([photos[0]?.originalKey ?? '']);
    const after = await getSorted(ctx, secret);
    expect(after.files.map((file) => file.state)).toEqual(['missing', 'ready']);
    expect([after.files[0]?.downloadUrl, after.archives]).toEqual([null, []]);
    await expect(bytesOf(ctx, files[0]?.downloadUrl)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('to a whole event covers all that is published, and what comes later', async () => {
    const { ctx, event, photos } = await openShop({ wholeEventCents: 9_900 });
    const { actor } = await makePro(ctx, { role: 'ORGANIZER' });
    const { secret } = await buyLines({ ...ctx, actor }, [{ kind: 'whole-event', eventId: event.id }]);
    await ctx.db
      .update(photoTable)
      .set({ hiddenAt: ctx.clock.now() })
      .where(eq(photoTable.id, photos[1]?.id ?? ''));
    expect((await getOrderBySecret(ctx, { secret })).photoCount).toBe(2);
    await makeSoldPhoto(ctx, event.id, 5);
    await joinLatePhotos(ctx);
    expect((await getOrderBySecret(ctx, { secret })).photoCount).toBe(3);
  });
});

describe('late photos', () => {
  const all = (eventId: string): Line[] => [{ kind: 'all-photos', eventId, bib: BIB }];
  const lateMails = (ctx: TestContext) =>
    ctx.mail.posted
      .filter((mail) => mail.kind === 'order-late-photos')
      .map((mail) => mail.subject.replace(/ \(.*/, ''));

  test('that are attributed weeks after the race join too', async () => {
    const { ctx, event, photos } = await openShop();
    const stranger = photos[1]?.id ?? '';
    await ctx.db.update(photoTable).set({ bibs: [] }).where(eq(photoTable.id, stranger));
    const { secret } = await buyLines(ctx, all(event.id));
    ctx.clock.advance(30 * 24 * HOUR);
    await ctx.db
      .update(photoTable)
      .set({ bibs: [BIB] })
      .where(eq(photoTable.id, stranger));
    expect(await joinLatePhotos(ctx)).toBe(1);
    expect((await getOrderBySecret(ctx, { secret })).photoCount).toBe(2);
  });

  test('are told by one mail an order and day, after a pause, and not at all when there are none', async () => {
    const { ctx, event } = await openShop();
    await buyLines(ctx, all(event.id));
    expect(await tellLatePhotos(ctx)).toBe(0);
    for (const minute of [0, 5]) {
      await makeSoldPhoto(ctx, event.id, 10 + minute);
      ctx.clock.advance(300);
      await joinLatePhotos(ctx);
    }
    expect(await tellLatePhotos(ctx)).toBe(0);
    ctx.clock.advance(HOUR / 2);
    await Promise.all([tellLatePhotos(ctx), tellLatePhotos(ctx)]);
    expect(lateMails(ctx)).toEqual(['2 photos de plus dans votre commande']);
    await makeSoldPhoto(ctx, event.id, 20);
    await joinLatePhotos(ctx);
    ctx.clock.advance(3 * HOUR);
    expect(await tellLatePhotos(ctx)).toBe(0);
    ctx.clock.advance(24 * HOUR);
    await tellLatePhotos(ctx);
    expect(lateMails(ctx)).toEqual([
      '2 photos de plus dans votre commande',
      'Une photo de plus dans votre commande',
    ]);
  });

  test('of a pre-sale are told when the first are there', async () => {
    const { ctx, event } = await openShop({ preSaleCents: 1_500 }, 0);
    const startsAt = new Date(ctx.clock.now().getTime() + 24 * HOUR * 1000);
    await ctx.db.update(events).set({ startsAt }).where(eq(events.id, event.id));
    const { secret } = await buyLines(ctx, all(event.id));
    expect((await getOrderBySecret(ctx, { secret })).photoCount).toBe(0);
    ctx.clock.advance(26 * HOUR);
    await makeSoldPhoto(ctx, event.id, 1);
    await joinLatePhotos(ctx);
    ctx.clock.advance(HOUR);
    await tellLatePhotos(ctx);
    expect(lateMails(ctx)).toEqual(['Vos premières photos sont là']);
  });

  test('of a refunded order are neither given nor told', async () => {
    const { ctx, event } = await openShop();
    const { orderId } = await buyLines(ctx, all(event.id));
    await ctx.db.update(orders).set({ state: 'refunded' }).where(eq(orders.id, orderId));
    await makeSoldPhoto(ctx, event.id, 9);
    expect(await joinLatePhotos(ctx)).toBe(0);
    ctx.clock.advance(3 * HOUR);
    expect(await tellLatePhotos(ctx)).toBe(0);
  });
});

test('who opens an order’s page is noted once an hour and address', async () => {
  const { ctx, event } = await openShop();
  const { orderId } = await buyLines(ctx, [{ kind: 'all-photos', eventId: event.id, bib: BIB }]);
  for (const clientAddress of ['192.0.2.7', '192.0.2.7', '192.0.2.8', null, null]) {
    await recordVisit(ctx, { orderId, clientAddress, userAgent: 'x'.repeat(900) });
  }
  ctx.clock.advance(HOUR + 1);
  await recordVisit(ctx, { orderId, clientAddress: '192.0.2.7', userAgent: null });
  const kept = await ctx.db.select().from(orderVisits).where(eq(orderVisits.orderId, orderId));
  expect(kept.map((visit) => visit.clientAddress).sort()).toEqual([
    '192.0.2.7',
    '192.0.2.7',
    '192.0.2.8',
    null,
  ]);
  expect(Math.max(...kept.map((visit) => visit.userAgent?.length ?? 0))).toBe(300);
});
