import { expect, test } from 'vitest';
import { nameSearchText } from '#domain/timing/normalise-name.ts';
import {
  makeAttribution,
  makeEvent,
  makePhoto,
  makeRace,
  makeStartListEntry,
} from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { findRunnerEverywhere } from './find-runner-everywhere.ts';

test('a runner is found in the published, listed events, and nowhere else', async () => {
  const ctx = await createTestContext();
  const enter = async (event: object, runner: object = {}) => {
    const { id: eventId } = await makeEvent(ctx, event);
    const name = { firstName: 'Zoé', lastName: 'Lefèvre-Kasprzak' };
    const nameSearch = nameSearchText(name.firstName, name.lastName);
    await makeStartListEntry(ctx, { eventId, bib: '90417', ...name, nameSearch, ...runner });
    return eventId;
  };
  const newer = await enter({ startsAt: new Date(Date.UTC(2026, 5, 2)) });
  const older = await enter({ startsAt: new Date(Date.UTC(2026, 5, 1)) }, { bib: '90418' });
  await enter({ status: 'draft' });
  await enter({ access: 'unlisted' });
  await enter({}, { isMinor: true });
  await enter({}, { photoOptOut: true });
  const { id: unlisted } = await makeEvent(ctx, { startsAt: new Date(Date.UTC(2026, 5, 3)) });
  for (const eventId of [newer, unlisted]) {
    const photo = await makePhoto(ctx, { eventId, bibs: ['90417'] });
    await makeAttribution(ctx, { eventId, photoId: photo.id, bib: '90417' });
  }
  const find = async (query: string) =>
    (await findRunnerEverywhere(ctx, { query, client: '' })).map(({ eventId, bib, photoCount }) => [
      eventId,
      bib,
      photoCount,
    ]);
  const both = [
    [newer, '90417', 1],
    [older, '90418', 0],
  ];
  expect(await find('kasprzak lefevre ZOE')).toEqual(both);
  expect(await find('Lefèvre Kasprzak')).toEqual(both);
  expect(await find('90417')).toEqual([[unlisted, '90417', 1], both[0]]);
  // A bare number does not say who ran where, however many bear it.
  const { id: raceId } = await makeRace(ctx, { eventId: newer });
  await makeStartListEntry(ctx, { eventId: newer, raceId, bib: '90417', firstName: 'Luc' });
  const byBib = await findRunnerEverywhere(ctx, { query: '90417', client: '' });
  expect(byBib.map(({ eventId, firstName, lastName }) => [eventId, firstName, lastName])).toEqual([
    [unlisted, '', ''],
    [newer, '', ''],
  ]);
  for (const query of ['kasprzak', '', "' or 1=1 --", '%', '9999999'])
    expect([query, await find(query)]).toEqual([query, []]);
});

test('one address looks through all events sixty times an hour', async () => {
  const ctx = await createTestContext();
  const ask = (client: string) => findRunnerEverywhere(ctx, { query: '90420', client });
  for (let count = 0; count < 60; count += 1) await ask('192.0.2.7');
  await expect(ask('192.0.2.7')).rejects.toMatchObject({ code: 'rate-limited' });
  expect(await ask('192.0.2.8')).toEqual([]);
});
