import { expect, test } from 'vitest';
import { changedBibs } from './changed-bibs.ts';
import { diffStartList, type StartListEntry, type WantedFields } from './diff-start-list.ts';
import { nameSearchText } from './normalise-name.ts';

const at = new Date('2026-06-01T08:00:00Z');

function wanted(
  bib: string,
  firstName: string,
  lastName: string,
  more: Partial<WantedFields> = {},
): WantedFields {
  return {
    raceId: null,
    bib,
    firstName,
    lastName,
    nameSearch: nameSearchText(firstName, lastName),
    ...{ gender: null, category: null, club: null, birthYear: null, isMinor: null },
    ...{ photoConsent: null, faceConsent: null, photoOptOut: null },
    ...more,
  };
}

function entry(...[bib, firstName, lastName, more]: Parameters<typeof wanted>): StartListEntry {
  const fields = wanted(bib, firstName, lastName, more);
  return {
    ...fields,
    isMinor: fields.isMinor ?? false,
    id: `${firstName} at ${bib}`,
    eventId: 'event',
    createdAt: at,
    updatedAt: at,
  };
}

test('two who swap bibs, and a third who takes the next, keep their entries', () => {
  const before = [entry('1', 'Anne', 'Durand'), entry('2', 'Luc', 'Petit'), entry('3', 'Zoé', 'Roux')];
  const after = [wanted('2', 'Anne', 'Durand'), wanted('1', 'Luc', 'Petit'), wanted('4', 'Zoé', 'Roux')];
  const diff = diffStartList(before, after);
  expect(diff).toMatchObject({ added: [], missing: [], displaced: [], unchanged: 0 });
  expect(diff.changed.map(({ id, after: { bib } }) => [id, bib])).toEqual([
    ['Anne at 1', '2'],
    ['Luc at 2', '1'],
    ['Zoé at 3', '4'],
  ]);
  expect(diff.swapped.map(({ entryId, from, to }) => [entryId, from, to])).toContainEqual([
    'Zoé at 3',
    '3',
    '4',
  ]);
});

test('whoever is not in the file and whose bib is somebody else’s now cannot stay', () => {
  const diff = diffStartList(
    [entry('1', 'Anne', 'Durand'), entry('2', 'Luc', 'Petit'), entry('3', 'Zoé', 'Roux')],
    [wanted('2', 'Anne', 'Durand')],
  );
  expect(diff.missing.map(({ id }) => id)).toEqual(['Luc at 2', 'Zoé at 3']);
  expect(diff.displaced.map(({ id }) => id)).toEqual(['Luc at 2']);
});

test('a bib that goes to somebody new is a change of its entry, not a bib change', () => {
  const diff = diffStartList([entry('1', 'Anne', 'Durand')], [wanted('1', 'Luc', 'Petit')]);
  expect(diff).toMatchObject({ swapped: [], changed: [{ id: 'Anne at 1' }], missing: [] });
});

test('namesakes, another age, and a race that the file leaves out move nobody', () => {
  const cases: [StartListEntry[], WantedFields[]][] = [
    [[entry('1', 'Anne', 'Durand'), entry('2', 'Anne', 'Durand')], [wanted('3', 'Anne', 'Durand')]],
    [[entry('1', 'Anne', 'Durand')], [wanted('3', 'Anne', 'Durand'), wanted('4', 'Anne', 'Durand')]],
    [
      [entry('1', 'Anne', 'Durand', { birthYear: 1960 })],
      [wanted('3', 'Anne', 'Durand', { birthYear: 1990 })],
    ],
    [
      [entry('1', 'Anne', 'Durand', { raceId: '10 km' })],
      [wanted('3', 'Anne', 'Durand', { raceId: '21 km' })],
    ],
  ];
  for (const [before, after] of cases) {
    expect(diffStartList(before, after)).toMatchObject({ swapped: [], changed: [], missing: before });
  }
});

test('who changes race within one file keeps the entry, with the new bib', () => {
  const before = [
    entry('1', 'Anne', 'Durand', { raceId: '10 km' }),
    entry('2', 'Luc', 'Petit', { raceId: '10 km' }),
  ];
  const after = [
    wanted('501', 'Anne', 'Durand', { raceId: '21 km' }),
    wanted('2', 'Luc', 'Petit', { raceId: '10 km' }),
  ];
  expect(diffStartList(before, after)).toMatchObject({
    swapped: [{ from: '1', to: '501' }],
    unchanged: 1,
    missing: [],
  });
});

test('a list without consents forgets none, also where it writes a name better; somebody else inherits none', () => {
  const before = [entry('1', 'Anne', 'Durant', { photoOptOut: true, faceConsent: true })];
  const [kept] = diffStartList(before, [wanted('1', 'Anne', 'Durand')]).changed;
  expect(kept?.after).toMatchObject({ photoOptOut: true, faceConsent: true });
  const [other] = diffStartList(before, [wanted('1', 'Luc', 'Petit')]).changed;
  expect(other?.after).toMatchObject({ photoOptOut: null, faceConsent: null });
  const [asked] = diffStartList(before, [wanted('1', 'Anne', 'Durant', { photoOptOut: false })]).changed;
  expect(asked?.after).toMatchObject({ photoOptOut: false });
});

test('photos hang on who refuses them or faces, and not on another consent or a corrected name', () => {
  const before = [
    entry('1', 'Anne', 'Durand'),
    entry('2', 'Luc', 'Petit', { photoOptOut: true }),
    entry('3', 'Zoé', 'Roux'),
    entry('4', 'Max', 'Roy'),
  ];
  const after = [
    wanted('1', 'Anne', 'Durand', { photoConsent: false }),
    wanted('2', 'Luc', 'Petit', { photoOptOut: false }),
    wanted('3', 'Zoë', 'Roux', { photoConsent: true, faceConsent: true }),
    wanted('4', 'Max', 'Roy', { faceConsent: false }),
  ];
  expect(changedBibs(diffStartList(before, after), []).sort()).toEqual(['1', '2', '4']);
});
