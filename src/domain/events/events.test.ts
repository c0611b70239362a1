import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { auditEntries } from '#domain/audit/tables.ts';
import { makePro } from '../../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { archiveEvent } from './archive-event.ts';
import { countEventDays } from './count-event-days.ts';
import { createEvent } from './create-event.ts';
import { duplicateEvent } from './duplicate-event.ts';
import { type EventInput, slugFor } from './event.ts';
import { getOwnEvent } from './get-own-event.ts';
import { getPublicEvent } from './get-public-event.ts';
import { listOwnEvents } from './list-own-events.ts';
import { listPublicEvents } from './list-public-events.ts';
import { publishEvent } from './publish-event.ts';
import { requireReadableEvent } from './require-readable-event.ts';
import { restoreEvent } from './restore-event.ts';
import { unpublishEvent } from './unpublish-event.ts';
import { updateEvent } from './update-event.ts';

let anyone: TestContext;
let pro: Context;
let other: Context;

beforeEach(async () => {
  anyone = await createTestContext();
  pro = withActor(anyone, (await makePro(anyone)).actor);
  other = withActor(anyone, (await makePro(anyone)).actor);
});

function eventInput(extra: Partial<EventInput> = {}): EventInput {
  return {
    name: 'Les Crêtes de Vaubrun',
    sport: 'trail',
    startsAt: new Date('2026-06-21T06:00:00Z'),
    timeZone: 'Europe/Paris',
    place: 'Vaubrun',
    photoPriceCents: 900,
    allPhotosPriceCents: 2900,
    races: [
      {
        name: '21 km',
        distanceMeters: 21_000,
        startsAt: null,
        bibRanges: [{ prefix: '', first: 1, last: 999 }],
        colour: '#1F5FBF',
      },
      { name: '10 km', distanceMeters: 10_000, startsAt: null, bibRanges: [], colour: '#b3261e' },
    ],
    ...extra,
  };
}

test('premium is for labels, and labels are for premium', async () => {
  const premium = eventInput({ processingMode: 'premium' });
  await expect(createEvent(pro, premium)).rejects.toMatchObject({ code: 'bad-input' });
  const labels = eventInput({ detectLabels: true });
  await expect(createEvent(pro, labels)).rejects.toMatchObject({ code: 'bad-input' });
  const { id } = await createEvent(pro, { ...premium, detectLabels: true, autoEdit: true });
  const kept = await getOwnEvent(pro, { eventId: id });
  expect(kept).toMatchObject({ processingMode: 'premium', detectLabels: true, autoEdit: true });
});

test('photos are judged again when bib ranges change, and at no other change', async () => {
  const { id } = await createEvent(pro, eventInput());
  const judgements = () => anyone.queue.named('judge-event');
  const { races } = await getOwnEvent(pro, { eventId: id });
  await updateEvent(pro, { ...eventInput({ place: 'Ailleurs', races }), eventId: id });
  expect(judgements()).toEqual([]);
  const wider = races.map((race) => ({ ...race, bibRanges: [{ prefix: '', first: 1, last: 1200 }] }));
  await updateEvent(pro, { ...eventInput({ races: wider }), eventId: id });
  expect(judgements().map((job) => job.data)).toEqual([{ eventId: id, why: 'list' }]);
});

test('no form opens a face mode', async () => {
  const asked = { ...eventInput(), faceMode: 'full-index', faceModeEndsAt: new Date('2100-01-01') };
  const { id } = await createEvent(pro, asked);
  await updateEvent(pro, { ...asked, eventId: id });
  expect(await getOwnEvent(pro, { eventId: id })).toMatchObject({ faceMode: 'none', faceModeEndsAt: null });
});

test('an event is a draft of its organisation, with readable unique names in its address', async () => {
  const name = `Trail de l’Œuf ${anyone.random.id().slice(0, 8)}`;
  const first = await createEvent(pro, eventInput({ name }));
  const second = await createEvent(other, eventInput({ name }));
  expect(first.slug).toMatch(/^trail-de-l-oeuf-[0-9a-f]+-2026$/u);
  expect(second.slug).toBe(`${first.slug}-2`);
  expect(await getOwnEvent(pro, { eventId: first.id })).toMatchObject({
    status: 'draft',
    races: [{ name: '21 km', colour: '#1f5fbf' }, { name: '10 km' }],
  });
});

test('an address name survives signs, capitals and a year that is there already', () => {
  const day = new Date('2026-12-31T23:30:00Z');
  expect(slugFor('  10 KM / Saint-Étienne 2027 !', day, 'Europe/Paris')).toBe('10-km-saint-etienne-2027');
  expect(slugFor('ランニング', day, 'UTC')).toBe('event-2026');
});

test('somebody else’s event looks like none at all', async () => {
  const { id: eventId } = await createEvent(pro, eventInput());
  const refusals = [
    () => getOwnEvent(other, { eventId }),
    () => updateEvent(other, { ...eventInput(), eventId }),
    () => publishEvent(other, { eventId }),
    () => duplicateEvent(other, { eventId }),
    () => requireReadableEvent(anyone, { eventId }),
    () => getOwnEvent(pro, { eventId: anyone.random.id() }),
    () => getOwnEvent(pro, { eventId: 'no id' }),
  ];
  for (const refusal of refusals) {
    await expect(refusal()).rejects.toMatchObject({ code: 'not-found', public: { key: 'events.notFound' } });
  }
  await expect(createEvent(anyone, eventInput())).rejects.toMatchObject({ code: 'forbidden' });
});

test('what is wrong is named field by field', async () => {
  const wrong = eventInput({
    name: ' ',
    timeZone: 'Mars/Olympus',
    photoPriceCents: 10,
    races: [
      {
        name: 'A',
        distanceMeters: null,
        startsAt: null,
        bibRanges: [{ prefix: '', first: 9, last: 1 }],
        colour: 'red',
      },
      { name: 'a', distanceMeters: null, startsAt: null, bibRanges: [], colour: '#000000' },
    ],
  });
  const refusal = await createEvent(pro, wrong).catch((error: unknown) => error);
  const issues = (refusal as { cause: { issues: { path: PropertyKey[]; message: string }[] } }).cause.issues;
  expect(issues.map(({ path, message }) => `${path.join('.')} ${message}`).sort()).toEqual([
    'name events.nameRequired',
    'photoPriceCents events.priceBounds',
    'races.0.bibRanges.0 events.bibRangeOrder',
    'races.0.colour events.colourInvalid',
    'races.1.name events.raceNameTwice',
    'timeZone events.timeZoneUnknown',
  ]);
  await expect(createEvent(pro, eventInput({ allPhotosPriceCents: 800 }))).rejects.toMatchObject({
    code: 'bad-input',
  });
});

test('an edit keeps the races that stay, with their ids, even when two swap their names', async () => {
  const { id: eventId, slug } = await createEvent(pro, eventInput());
  const before = await getOwnEvent(pro, { eventId });
  const [long, short] = before.races;
  if (!long || !short) throw new Error('two races expected');
  await updateEvent(pro, {
    ...eventInput({ name: 'Autre nom' }),
    eventId,
    races: [
      { ...long, name: short.name },
      { ...short, name: long.name },
    ],
  });
  const after = await getOwnEvent(pro, { eventId });
  expect(after).toMatchObject({
    slug,
    name: 'Autre nom',
    races: [
      { id: long.id, name: '10 km' },
      { id: short.id, name: '21 km' },
    ],
  });
  const stranger = await createEvent(other, eventInput());
  const foreign = (await getOwnEvent(other, { eventId: stranger.id })).races[0];
  if (!foreign) throw new Error('a race expected');
  await updateEvent(pro, { ...eventInput(), eventId, races: [{ ...foreign, name: 'Prise' }] });
  expect((await getOwnEvent(other, { eventId: stranger.id })).races).toHaveLength(2);
  expect((await getOwnEvent(pro, { eventId })).races).toMatchObject([{ name: 'Prise' }]);
});

test('an event is public only between publish and unpublish or archive', async () => {
  const { id: eventId, slug } = await createEvent(pro, eventInput());
  const absent = { code: 'not-found' };
  await expect(getPublicEvent(anyone, { slug })).rejects.toMatchObject(absent);
  await publishEvent(pro, { eventId });
  expect(await getPublicEvent(anyone, { slug })).toMatchObject({
    id: eventId,
    races: [{ name: '21 km' }, { name: '10 km' }],
  });
  await expect(publishEvent(pro, { eventId })).rejects.toMatchObject({ code: 'conflict' });
  await unpublishEvent(pro, { eventId });
  await expect(getPublicEvent(anyone, { slug })).rejects.toMatchObject(absent);
  await archiveEvent(pro, { eventId });
  await expect(publishEvent(pro, { eventId })).rejects.toMatchObject({ code: 'conflict' });
  await expect(updateEvent(pro, { ...eventInput(), eventId })).rejects.toMatchObject({ code: 'conflict' });
  await restoreEvent(pro, { eventId });
  const trail = await anyone.db.select().from(auditEntries).where(eq(auditEntries.subjectId, eventId));
  expect(trail.map(({ action }) => action).sort()).toEqual([
    'events.archive',
    'events.create',
    'events.publish',
    'events.restore',
    'events.unpublish',
  ]);
});

test('a copy is a new draft with the same races', async () => {
  const { id: eventId } = await createEvent(pro, eventInput());
  const copy = await duplicateEvent(pro, {
    eventId,
    name: 'Édition 2027',
    startsAt: new Date('2027-06-20T06:00:00Z'),
  });
  expect(copy.slug).toMatch(/^edition-2027/u);
  expect(await getOwnEvent(pro, { eventId: copy.id })).toMatchObject({
    status: 'draft',
    races: [{ name: '21 km' }, { name: '10 km' }],
  });
  expect((await listOwnEvents(pro)).map(({ id }) => id)).toEqual([copy.id, eventId]);
});

test('a spot counts from a checkpoint of the same event, in a copy from the copy’s own', async () => {
  const finish = { id: anyone.random.id(), name: 'Arrivée', distanceMeters: null };
  const spot = { name: 'Pont', distanceMeters: 5000, checkpointId: finish.id, offsetMeters: -30 };
  const { id: eventId } = await createEvent(pro, eventInput({ checkpoints: [finish], photoSpots: [spot] }));
  const copy = await duplicateEvent(pro, { eventId });
  for (const id of [eventId, copy.id]) {
    const { checkpoints, photoSpots } = await getOwnEvent(pro, { eventId: id });
    expect(photoSpots).toMatchObject([
      { name: 'Pont', distanceMeters: null, checkpointId: checkpoints[0]?.id, offsetMeters: -30 },
    ]);
  }
  const lost = updateEvent(pro, { ...eventInput({ photoSpots: [spot] }), eventId });
  await expect(lost).rejects.toMatchObject({
    cause: { issues: [{ message: 'events.spotWithoutCheckpoint' }] },
  });
});

test('who is expected where is worked out again when the course changes, and at no other change', async () => {
  const { id: eventId } = await createEvent(pro, eventInput());
  await updateEvent(pro, { ...eventInput({ description: 'Neuf' }), eventId });
  const races = (await getOwnEvent(pro, { eventId })).races;
  await updateEvent(pro, { ...eventInput({ races }), eventId });
  anyone.queue.jobs.length = 0;
  await updateEvent(pro, { ...eventInput({ races, description: 'Neuf' }), eventId });
  expect(anyone.queue.named('follow-timing')).toEqual([]);
  const photoSpots = [{ name: 'Pont', distanceMeters: 5000 }];
  await updateEvent(pro, { ...eventInput({ races, photoSpots }), eventId });
  expect(anyone.queue.named('follow-timing')).toMatchObject([{ data: { eventId } }]);
});

test('public events are searched without accents and turned by pages without a repeat; unlisted ones are not listed', async () => {
  const place = `Étoile${anyone.random.id().slice(0, 8)}`;
  const made: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    const { id: eventId } = await createEvent(pro, eventInput({ place, name: `Course ${index}` }));
    await publishEvent(pro, { eventId });
    made.push(eventId);
  }
  const hidden = await createEvent(pro, eventInput({ place, access: 'unlisted' }));
  await publishEvent(pro, { eventId: hidden.id });
  const seen: string[] = [];
  let after: string | null = null;
  for (let turns = 0; turns < 5; turns += 1) {
    const page = await listPublicEvents(anyone, {
      search: `COURSE ${place.replace('É', 'e')}`,
      after,
      limit: 2,
    });
    seen.push(...page.events.map(({ id }) => id));
    after = page.next;
    if (after === null) break;
  }
  expect(seen.sort()).toEqual(made.sort());
  expect((await listPublicEvents(anyone, { search: '100%_\\', limit: 5 })).events).toEqual([]);
});

test('the calendar counts listed events on the day of their own clock, and skips months without any', async () => {
  const place = `Calendrier${anyone.random.id().slice(0, 8)}`;
  const start = async (startsAt: string, timeZone: string, access: 'public' | 'unlisted' = 'public') => {
    const input = eventInput({ place, startsAt: new Date(startsAt), timeZone, access });
    const { id: eventId } = await createEvent(pro, input);
    await publishEvent(pro, { eventId });
    return eventId;
  };
  // In Auckland it is already the next day, in Honolulu still the day before.
  const auckland = await start('2031-03-14T12:00:00Z', 'Pacific/Auckland');
  const paris = await start('2031-03-15T07:00:00Z', 'Europe/Paris');
  await start('2031-03-15T07:00:00Z', 'Europe/Paris', 'unlisted');
  await start('2031-01-31T08:00:00Z', 'Europe/Paris');
  await start('2031-06-01T05:00:00Z', 'Pacific/Honolulu');
  await createEvent(pro, eventInput({ place, startsAt: new Date('2031-03-20T07:00:00Z') }));

  expect(await countEventDays(anyone, { month: '2031-03' })).toEqual({
    month: '2031-03',
    days: new Map([['2031-03-15', 2]]),
    previous: '2031-01',
    next: '2031-05',
  });
  expect((await countEventDays(anyone, { month: '2031-02' }))?.days.size).toBe(0);
  const days = { first: '2031-03-15', last: '2031-03-15' };
  const found = await listPublicEvents(anyone, { search: place, days, limit: 10 });
  expect(found.events.map(({ id }) => id).sort()).toEqual([auckland, paris].sort());
});

test('an address with an instant that no database reads shows the first page of events', async () => {
  for (const millis of ['8640000000000000', '-8640000000000000', '9999999999999999999']) {
    const after = `${millis}_${anyone.random.id()}`;
    const page = await listPublicEvents(anyone, { after, limit: 5 });
    expect(page).toEqual(await listPublicEvents(anyone, { limit: 5 }));
  }
});
