import { type Context, withActor } from '../../src/context.ts';
import { getActor } from '../../src/domain/accounts/get-actor.ts';
import { createEvent } from '../../src/domain/events/create-event.ts';
import { listOwnEvents } from '../../src/domain/events/list-own-events.ts';
import { publishEvent } from '../../src/domain/events/publish-event.ts';
import { setOffer } from '../../src/domain/pricing/set-offer.ts';
import { importPassages } from '../../src/domain/timing/import-passages.ts';
import { importStartList } from '../../src/domain/timing/import-start-list.ts';
import { claxOf } from '../../tests/fixtures/event/clax.ts';
import { startListCsv } from '../../tests/fixtures/event/start-list-csv.ts';
import { DEMO_GAPS, planDemoEvent } from './demo-event.ts';
import { openDemoSale } from './open-sale.ts';

const PHOTO_PRICE_CENTS = 700;
const ALL_PHOTOS_PRICE_CENTS = 2400;
const OFFER: Omit<Parameters<typeof setOffer>[1], 'eventId'> = {
  selling: 'paid',
  sponsorName: null,
  photoCents: { web: 400, original: PHOTO_PRICE_CENTS },
  allPhotosCents: ALL_PHOTOS_PRICE_CENTS,
  preSaleCents: null,
  wholeEventCents: 90_000,
  packs: [
    { size: 'original', photos: 3, priceCents: 1_800 },
    { size: 'original', photos: 10, priceCents: 5_000 },
  ],
  tiers: [{ size: 'web', fromPhotos: 5, unitCents: 300 }],
  discounts: [],
};
const BIBS_PER_RACE = 999;

/** The demo's event, made, filled with its start list and its timing and published; found again at later starts. */
export async function openDemoEvent(ctx: Context, cookie: string): Promise<{ id: string; slug: string }> {
  const own = withActor(ctx, await getActor(ctx, new Headers({ cookie })));
  const plan = planDemoEvent();
  const [known] = await listOwnEvents(own);
  if (known) return known;
  const event = await createEvent(own, {
    name: capitalised(plan.name),
    sport: 'running',
    startsAt: plan.startsAt,
    timeZone: 'Europe/Paris',
    place: 'Annecy, Haute-Savoie',
    description: 'Un événement de démonstration : les photos sont dessinées, le reste est réel.',
    photoPriceCents: PHOTO_PRICE_CENTS,
    allPhotosPriceCents: ALL_PHOTOS_PRICE_CENTS,
    races: plan.races.map((race) => ({
      name: race.name,
      distanceMeters: Math.round(race.distanceKm * 1000),
      startsAt: race.startsAt,
      bibRanges: [{ prefix: '', first: race.firstBib, last: race.firstBib + BIBS_PER_RACE - 1 }],
      colour: race.design.band,
    })),
  });
  await setOffer(own, { ...OFFER, eventId: event.id });
  await openDemoSale(own, { eventId: event.id });
  const bytes = Buffer.from(startListCsv(plan));
  await importStartList(own, { eventId: event.id, bytes });
  await importPassages(own, { eventId: event.id, bytes: Buffer.from(claxOf(plan, { gaps: DEMO_GAPS })) });
  await publishEvent(own, { eventId: event.id });
  return event;
}

const SMALL_WORDS = new Set([
  'a',
  'au',
  'aux',
  'd',
  'de',
  'des',
  'du',
  'en',
  'et',
  'l',
  'la',
  'le',
  'les',
  'sur',
  'à',
]);

/** As a French title: COURSE DES LAMPIONS becomes Course des Lampions. */
function capitalised(name: string): string {
  return name.toLowerCase().replace(/\p{L}+/gu, (word, position: number) => {
    return position > 0 && SMALL_WORDS.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1);
  });
}
