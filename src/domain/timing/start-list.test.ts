import { expect, test } from 'vitest';
import { getOwnEvent } from '#domain/events/get-own-event.ts';
import { makeRace } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { csv, LIST, openStartList } from '../../../tests/start-list-stage.ts';
import { findRunner } from './find-runner.ts';
import { listBibs } from './list-bibs.ts';
import { countStartList, listStartList } from './list-start-list.ts';

test('a list comes in once: the same file again changes nothing', async () => {
  const { anyone, eventId, bring } = await openStartList(await createTestContext());
  expect(await bring(LIST)).toEqual({ added: 3, changed: 0, removed: 0, unchanged: 0, errors: [] });
  expect(await bring(LIST)).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 3, errors: [] });
  expect(await listBibs(anyone, { eventId })).toHaveLength(3);
  expect(await findRunner(anyone, { eventId, bib: ' a12 ' })).toMatchObject([
    { firstName: 'Jean-Yves', lastName: 'Le Goff' },
  ]);
  expect(await findRunner(anyone, { eventId, bib: '07' })).toEqual([]);
});

test('two imports of one list at once leave each runner once', async () => {
  const { pro, eventId, bring } = await openStartList(await createTestContext());
  await Promise.all([bring(LIST), bring(LIST)]);
  expect(await countStartList(pro, { eventId })).toBe(3);
});

test('a re-import says what is added, changed, missing and who swapped bibs, and removes only when asked', async () => {
  const { anyone, pro, eventId, bring, preview } = await openStartList(await createTestContext());
  await bring(LIST);
  const next = csv(
    'Dossard;Nom;Prénom;Sexe;Catégorie',
    '007;DURAND;Anne;F;SEF',
    '7;Noël;Élodie;f;M1F',
    '50;Petit;Luc;M;SEM',
  );
  const diff = await preview(next);
  expect(diff).toMatchObject({ added: 1, changed: 2, missing: 1, unchanged: 0, swapped: 2 });
  expect(diff.examples.swapped).toContainEqual({ name: 'Anne DURAND', from: '7', to: '007' });
  const [anne] = await findRunner(anyone, { eventId, bib: '7' });
  expect(await bring(next)).toMatchObject({ added: 1, changed: 2, removed: 0 });
  const { runners } = await listStartList(pro, { eventId, search: '007', limit: 1 });
  expect(runners).toMatchObject([{ entryId: anne?.entryId, lastName: 'DURAND', formerBibs: ['7'] }]);
  expect(await countStartList(pro, { eventId })).toBe(4);
  expect(await bring(next, true)).toMatchObject({ added: 0, changed: 0, removed: 1 });
  expect(await findRunner(anyone, { eventId, bib: 'A12' })).toEqual([]);
});

test('who loses a bib to somebody who had another goes with the import, and the preview says so', async () => {
  const { pro, eventId, bring, preview } = await openStartList(await createTestContext());
  await bring(LIST);
  const next = csv('Dossard;Nom;Prénom;Sexe;Catégorie', 'A12;DURAND;Anne;F;SEF');
  expect(await preview(next)).toMatchObject({
    changed: 1,
    missing: 2,
    displaced: 1,
    examples: { displaced: [{ bib: 'A12', name: 'Jean-Yves Le Goff' }] },
  });
  expect(await bring(next)).toMatchObject({ changed: 1, removed: 1 });
  expect(await countStartList(pro, { eventId })).toBe(2);
});

test('a preview writes nothing', async () => {
  const { pro, eventId, preview } = await openStartList(await createTestContext());
  expect(await preview(LIST)).toMatchObject({
    added: 3,
    rowCount: 3,
    errorCount: 0,
    mapping: ['bib', 'lastName', 'firstName', 'gender', 'category'],
  });
  expect(await countStartList(pro, { eventId })).toBe(0);
});

test('one bib may be worn in two races; races that the event has not are made with a colour of their own', async () => {
  const { anyone, pro, eventId, bring, preview } = await openStartList(await createTestContext());
  await makeRace(anyone, { eventId, name: 'Semi-marathon', distanceMeters: 21_100 });
  const list = csv(
    'Bib;Name;Race',
    '1;DURAND Anne;semi marathon',
    '1;PETIT Luc;10 km',
    '2;Le Goff Yann;21,1',
  );
  expect((await preview(list)).newRaces).toEqual(['10 km']);
  expect(await bring(list)).toMatchObject({ added: 3, errors: [] });
  const { races } = await getOwnEvent(pro, { eventId });
  expect(races.map(({ name }) => name)).toEqual(['Semi-marathon', '10 km']);
  expect(
    (await findRunner(anyone, { eventId, bib: '1' }))
      .map(({ raceName, lastName }) => [raceName, lastName])
      .sort(),
  ).toEqual([
    ['10 km', 'PETIT'],
    ['Semi-marathon', 'DURAND'],
  ]);
  expect(await bring(list)).toMatchObject({ added: 0, unchanged: 3 });
});
