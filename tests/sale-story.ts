import sharp from 'sharp';
import type { Context } from '#context.ts';
import { joinLatePhotos } from '#domain/orders/join-late-photos.ts';
import { tellLatePhotos } from '#domain/orders/tell-late-photos.ts';
import { makeAttribution, makeRendition } from './factories.ts';
import { BIB, makeShop, makeSoldPhoto } from './shop.ts';

export type SellerName = 'léa' | 'max';

export interface SeenOrder {
  state: 'processing' | 'paid' | 'disputed';
  /** To be downloaded. */
  files: number;
  /** Less what was given back. */
  paidCents: number;
}

/** How one kind of shop and provider does what the people of the story do. */
export interface SaleStage {
  /** A guest takes all of a runner's photos at Léa's and one photo at Max's, and pays them together by bank debit. */
  buyByDebit(): Promise<void>;
  debitArrives(): Promise<void>;
  /** One more photo of the runner at Léa's is ready, days later. */
  photoComesLate(): Promise<void>;
  /** The operator gives the price of Max's photo back. */
  refundMax(): Promise<void>;
  bankTakesBack(): Promise<void>;
  /** With the evidence of the shop before it. */
  bankBelievesSeller(): Promise<void>;
  /** The order's page says so, at once or within a minute. */
  seesOrder(expected: SeenOrder): Promise<void>;
  /** A seller's own page says that so much was sent to their account and not taken back. */
  seesSent(seller: SellerName, cents: number): Promise<void>;
  /** The buyer was sent so many mails in all. */
  seesMails(count: number): Promise<void>;
}

const MAIL_WAITS_MS = 25 * 60_000;
const ALL_PHOTOS_CENTS = 2400;
const PHOTO_CENTS = 700;
const TOTAL_CENTS = ALL_PHOTOS_CENTS + PHOTO_CENTS;
/** Less the platform's tenth. */
const LEAS_CENTS = 2160;
const MAXS_CENTS = 630;

/** From the cart of two sellers to the last cent of a dispute. */
export async function tellSaleStory(stage: SaleStage): Promise<void> {
  await stage.buyByDebit();
  await stage.seesOrder({ state: 'processing', files: 0, paidCents: TOTAL_CENTS });
  await seesBoth(stage, 0, 0);

  await stage.debitArrives();
  await stage.seesOrder({ state: 'paid', files: 5, paidCents: TOTAL_CENTS });
  await seesBoth(stage, LEAS_CENTS, MAXS_CENTS);
  await stage.seesMails(1);

  await stage.photoComesLate();
  await stage.seesOrder({ state: 'paid', files: 6, paidCents: TOTAL_CENTS });
  await stage.seesMails(2);

  await stage.refundMax();
  await stage.seesOrder({ state: 'paid', files: 5, paidCents: ALL_PHOTOS_CENTS });
  await seesBoth(stage, LEAS_CENTS, 0);

  await stage.bankTakesBack();
  await stage.seesOrder({ state: 'disputed', files: 0, paidCents: ALL_PHOTOS_CENTS });
  await seesBoth(stage, 0, 0);

  await stage.bankBelievesSeller();
  await stage.seesOrder({ state: 'paid', files: 5, paidCents: ALL_PHOTOS_CENTS });
  await seesBoth(stage, LEAS_CENTS, 0);
}

async function seesBoth(stage: SaleStage, lea: number, max: number): Promise<void> {
  await stage.seesSent('léa', lea);
  await stage.seesSent('max', max);
}

export interface Stall {
  eventId: string;
  slug: string;
  photoIds: string[];
}

/** What both sell: four photos of one runner at Léa's, one at Max's, with pictures that a page can show. */
export async function openStalls(
  ctx: Context,
  sellers: Record<SellerName, string>,
): Promise<Record<SellerName, Stall>> {
  const open = async (seller: SellerName, photos: number): Promise<Stall> => {
    const shop = await makeShop(ctx, { photos, event: { organisationId: sellers[seller] } });
    for (const { id } of shop.photos) await showPhoto(ctx, shop.event.id, id);
    const photoIds = shop.photos.map(({ id }) => id);
    return { eventId: shop.event.id, slug: shop.event.slug, photoIds };
  };
  return { léa: await open('léa', 4), max: await open('max', 1) };
}

/** One more photo at a stall, and what the clock does with it. */
export async function addLatePhoto(ctx: Context, { eventId }: Stall): Promise<void> {
  const { id } = await makeSoldPhoto(ctx, eventId, 9);
  await showPhoto(ctx, eventId, id);
  await joinLatePhotos(ctx);
  // The mail waits until no more photos come.
  const now = () => new Date(ctx.clock.now().getTime() + MAIL_WAITS_MS);
  await tellLatePhotos({ ...ctx, clock: { now } });
}

async function showPhoto(ctx: Context, eventId: string, photoId: string): Promise<void> {
  await makeAttribution(ctx, { eventId, photoId, bib: BIB });
  const create = { width: 60, height: 40, channels: 3, background: '#557799' } as const;
  const bytes = await sharp({ create }).webp().toBuffer();
  for (const kind of ['web', 'preview', 'thumbnail'] as const) {
    const size = { widthPx: 60, heightPx: 40, sizeBytes: bytes.length };
    const { storageKey } = await makeRendition(ctx, { photoId, kind, ...size });
    await ctx.storage.put(storageKey, bytes, 'image/webp');
  }
}
