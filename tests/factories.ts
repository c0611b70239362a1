import { createHash, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Context, Role } from '#context.ts';
import { memberships, organisations, users } from '#domain/accounts/tables.ts';
import { creditBalances, creditEntries } from '#domain/credits/tables.ts';
import { events, races } from '#domain/events/tables.ts';
import { uploads } from '#domain/ingest/tables.ts';
import { attributions, bibReads } from '#domain/matching/tables.ts';
import { cartLines, carts, orderLines, orderPhotos, orders, payments } from '#domain/orders/tables.ts';
import { photoCounts, photos, renditions } from '#domain/photos/tables.ts';
import { startListEntries } from '#domain/timing/tables.ts';

type Db = Pick<Context, 'db' | 'clock'>;
type Row<Table extends { $inferInsert: object }> = Partial<Table['$inferInsert']>;

/** The rows of one `returning()`: exactly one. */
function only<Value>(values: Value[]): Value {
  const [value] = values;
  if (value === undefined) throw new Error('nothing was inserted');
  return value;
}

const short = () => randomUUID().slice(0, 8);
const hex = (text: string) => createHash('sha256').update(text).digest('hex');

export async function makeOrganisation(ctx: Db, row: Row<typeof organisations> = {}) {
  const values = { id: randomUUID(), name: `Atelier ${short()}`, kind: 'PHOTOGRAPHER' as const };
  return only(
    await ctx.db
      .insert(organisations)
      .values({ ...values, createdAt: ctx.clock.now(), ...row })
      .returning(),
  );
}

export async function makeUser(ctx: Db, row: Row<typeof users> = {}) {
  const id = randomUUID();
  const now = ctx.clock.now();
  const values = { id, name: 'Camille Martin', email: `${id}@example.org`, emailVerified: true };
  return only(
    await ctx.db
      .insert(users)
      .values({ ...values, role: 'RUNNER', createdAt: now, updatedAt: now, ...row })
      .returning(),
  );
}

/** A pro account with its organisation, and the actor who acts for it. */
export async function makePro(
  ctx: Db,
  row: { role?: Exclude<Role, 'RUNNER' | 'ADMIN'>; userId?: string } = {},
) {
  const role = row.role ?? 'PHOTOGRAPHER';
  const organisation = await makeOrganisation(ctx, { kind: role });
  const user = await makeUser(ctx, { role, ...(row.userId ? { id: row.userId } : {}) });
  await ctx.db.insert(memberships).values({
    id: randomUUID(),
    organisationId: organisation.id,
    userId: user.id,
    role: 'owner',
    createdAt: ctx.clock.now(),
  });
  const actor = { kind: 'account' as const, userId: user.id, role, organisationId: organisation.id };
  return { user, organisation, actor };
}

export async function makeAdmin(ctx: Db) {
  const user = await makeUser(ctx, { role: 'ADMIN' });
  const actor = { kind: 'account' as const, userId: user.id, role: 'ADMIN' as const, organisationId: null };
  return { user, actor };
}

/** A published public event; its organisation is made when none is given. */
export async function makeEvent(ctx: Db, row: Row<typeof events> = {}) {
  const now = ctx.clock.now();
  const organisationId = row.organisationId ?? (await makeOrganisation(ctx)).id;
  const values = {
    id: randomUUID(),
    slug: `trail-${short()}`,
    name: 'Trail des Crêtes',
    sport: 'trail',
    startsAt: now,
    timeZone: 'Europe/Paris',
    place: 'Annecy',
    status: 'published' as const,
    photoPriceCents: 900,
    allPhotosPriceCents: 2900,
    publishedAt: row.status === 'draft' ? null : now,
    createdAt: now,
    updatedAt: now,
  };
  const event = only(
    await ctx.db
      .insert(events)
      .values({ ...values, ...row, organisationId })
      .returning(),
  );
  await ctx.db.insert(photoCounts).values({ eventId: event.id }).onConflictDoNothing();
  return event;
}

export async function makeRace(ctx: Db, row: Row<typeof races> & { eventId: string }) {
  const values = {
    id: randomUUID(),
    name: `Course ${short()}`,
    bibRanges: [],
    colour: '#d94f2b',
    position: 0,
  };
  return only(
    await ctx.db
      .insert(races)
      .values({ ...values, ...row })
      .returning(),
  );
}

export async function makeStartListEntry(ctx: Db, row: Row<typeof startListEntries> & { eventId: string }) {
  const now = ctx.clock.now();
  const { firstName = 'Léa', lastName = 'Moreau' } = row;
  const [first, last] = [plain(firstName), plain(lastName)];
  const values = { id: randomUUID(), bib: '101', nameSearch: `${first} ${last} ${first}` };
  return only(
    await ctx.db
      .insert(startListEntries)
      .values({ ...values, firstName, lastName, createdAt: now, updatedAt: now, ...row })
      .returning(),
  );
}

function plain(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

type PhotoRow = Row<typeof photos> & { eventId: string };

/** A ready photo of its event's organisation, counted in photo_counts, without files. */
export async function makePhoto(ctx: Db, row: PhotoRow) {
  const now = ctx.clock.now();
  const id = row.id ?? randomUUID();
  const state = row.state ?? 'ready';
  const values = {
    id,
    state,
    fileName: `IMG_${short()}.jpg`,
    sha256: hex(id),
    sizeBytes: 4_000_000,
    format: 'jpeg' as const,
    widthPx: 6000,
    heightPx: 4000,
    originalKey: `originals/${hex(id).slice(0, 2)}/${hex(`${id}-original`)}.jpg`,
    sortAt: row.takenAt ?? now,
    receivedAt: now,
    readyAt: state === 'ready' ? now : null,
  };
  const organisationId = row.organisationId ?? (await organisationOf(ctx, row.eventId));
  const photo = only(
    await ctx.db
      .insert(photos)
      .values({ ...values, ...row, organisationId })
      .returning(),
  );
  await countPhoto(ctx, row.eventId, state);
  return photo;
}

async function organisationOf(ctx: Db, eventId: string): Promise<string> {
  const found = await ctx.db
    .select({ organisationId: events.organisationId })
    .from(events)
    .where(eq(events.id, eventId));
  return only(found).organisationId;
}

async function countPhoto(ctx: Db, eventId: string, state: (typeof photos.$inferSelect)['state']) {
  const column = photoCounts[state];
  await ctx.db
    .insert(photoCounts)
    .values({ eventId, [state]: 1 })
    .onConflictDoUpdate({ target: photoCounts.eventId, set: { [state]: sql`${column} + 1` } });
}

export async function makeRendition(ctx: Db, row: Row<typeof renditions> & { photoId: string }) {
  const kind = row.kind ?? 'preview';
  const storageKey = `renditions/${hex(row.photoId).slice(0, 2)}/${hex(`${row.photoId}-${kind}`)}.webp`;
  const values = { kind, storageKey, widthPx: 1600, heightPx: 1067, sizeBytes: 120_000 };
  return only(
    await ctx.db
      .insert(renditions)
      .values({ ...values, ...row })
      .returning(),
  );
}

export async function makeBibRead(ctx: Db, row: Row<typeof bibReads> & { photoId: string }) {
  const values = {
    id: randomUUID(),
    engineVersion: 'test-1',
    bib: '101',
    text: row.bib ?? '101',
    confidence: 0.97,
    box: { x: 0.4, y: 0.4, w: 0.1, h: 0.05 },
    tiltDegrees: 0,
    kind: 'sure' as const,
  };
  return only(
    await ctx.db
      .insert(bibReads)
      .values({ ...values, ...row })
      .returning(),
  );
}

export async function makeAttribution(
  ctx: Db,
  row: Row<typeof attributions> & { photoId: string; eventId: string },
) {
  const values = {
    id: randomUUID(),
    bib: '101',
    probability: 0.99,
    evidence: [],
    updatedAt: ctx.clock.now(),
  };
  return only(
    await ctx.db
      .insert(attributions)
      .values({ ...values, ...row })
      .returning(),
  );
}

export async function makeUpload(ctx: Db, row: Row<typeof uploads> & { eventId: string; userId: string }) {
  const now = ctx.clock.now();
  const id = randomUUID();
  const values = { id, fileName: 'IMG_0001.jpg', sizeBytes: 1000, sha256: hex(id), state: 'open' as const };
  const storageKey = `originals/${hex(id).slice(0, 2)}/${hex(`${id}-upload`)}.jpg`;
  const expiresAt = new Date(now.getTime() + 86_400_000);
  return only(
    await ctx.db
      .insert(uploads)
      .values({ ...values, storageKey, createdAt: now, expiresAt, ...row })
      .returning(),
  );
}

/** Gives credits as a grant in the ledger, so that the balance stays the sum of its entries. */
export async function makeCredits(ctx: Db, organisationId: string, credits: number): Promise<void> {
  await ctx.db
    .insert(creditBalances)
    .values({ organisationId, credits })
    .onConflictDoUpdate({
      target: creditBalances.organisationId,
      set: { credits: sql`${creditBalances.credits} + ${credits}` },
    });
  const id = randomUUID();
  const createdAt = ctx.clock.now();
  await ctx.db
    .insert(creditEntries)
    .values({ id, organisationId, kind: 'grant', credits, uniqueKey: `test/${id}`, createdAt });
}

export async function makeCart(ctx: Db, row: Row<typeof carts> = {}) {
  const now = ctx.clock.now();
  const id = randomUUID();
  const values = { id, tokenHash: hex(id), createdAt: now, updatedAt: now };
  return only(
    await ctx.db
      .insert(carts)
      .values({ ...values, ...row })
      .returning(),
  );
}

export async function makeCartLine(
  ctx: Db,
  row: Row<typeof cartLines> & { cartId: string; eventId: string },
) {
  const kind = row.photoId ? ('photo' as const) : ('all-photos' as const);
  return only(
    await ctx.db
      .insert(cartLines)
      .values({ id: randomUUID(), kind, addedAt: ctx.clock.now(), ...row })
      .returning(),
  );
}

export async function makeOrder(ctx: Db, row: Row<typeof orders> = {}) {
  const now = ctx.clock.now();
  const id = randomUUID();
  const values = {
    id,
    number: `FR-2026-${short().toUpperCase()}`,
    email: `${id}@example.org`,
    locale: 'fr' as const,
    state: 'pending' as const,
    totalCents: 900,
    currency: 'eur',
    fingerprint: hex(`cart-${id}`),
    secretHash: hex(id),
    waiverVersion: '1',
    waivedAt: now,
    createdAt: now,
    updatedAt: now,
  };
  return only(
    await ctx.db
      .insert(orders)
      .values({ ...values, ...row })
      .returning(),
  );
}

/** A line of an order and the photo it gives right to. */
export async function makeOrderLine(
  ctx: Db,
  row: Row<typeof orderLines> & { orderId: string; eventId: string },
) {
  const kind = row.photoId ? ('photo' as const) : ('all-photos' as const);
  const line = only(
    await ctx.db
      .insert(orderLines)
      .values({ id: randomUUID(), kind, priceCents: 900, position: 0, ...row })
      .returning(),
  );
  if (line.photoId) {
    const { orderId, photoId, id: lineId } = line;
    await ctx.db.insert(orderPhotos).values({ orderId, photoId, lineId, addedAt: ctx.clock.now() });
  }
  return line;
}

export async function makePayment(ctx: Db, row: Row<typeof payments> & { orderId: string }) {
  const now = ctx.clock.now();
  const id = randomUUID();
  const values = { id, provider: 'test', idempotencyKey: id, state: 'requires-payment' as const };
  return only(
    await ctx.db
      .insert(payments)
      .values({ ...values, amountCents: 900, currency: 'eur', createdAt: now, updatedAt: now, ...row })
      .returning(),
  );
}
