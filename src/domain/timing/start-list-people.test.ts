import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { makeEvent, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { csv, LIST, openStartList } from '../../../tests/start-list-stage.ts';
import { findRunner } from './find-runner.ts';
import { findRunnersByName } from './find-runners-by-name.ts';
import { importStartList } from './import-start-list.ts';
import { listStartList } from './list-start-list.ts';
import { previewStartList } from './preview-start-list.ts';

test('who refuses photos is found by nobody but the organiser, and a later list without the column changes nothing', async () => {
  const { anyone, pro, eventId, bring, preview } = await openStartList(await createTestContext());
  const list = csv(
    'bib;nom;prenom;opt_out_photo;accord_photo',
    '1;Petit;Luc;oui;',
    '2;Grand;Zoé;;non',
    '3;Roux;Anne;;oui',
  );
  expect(await preview(list)).toMatchObject({ refusals: 2 });
  await bring(list);
  await bring(csv('bib;nom;prenom;club', '1;Petit;Luc;AC', '2;Grand;Zoé;AC', '3;Roux;Anne;AC'));
  for (const [bib, name, found] of [
    ['1', 'petit', 0],
    ['2', 'grand', 0],
    ['3', 'roux', 1],
  ] as const) {
    expect(await findRunner(anyone, { eventId, bib })).toHaveLength(found);
    expect(await findRunnersByName(anyone, { eventId, name, limit: 5 })).toHaveLength(found);
  }
  const { runners } = await listStartList(pro, { eventId, limit: 5 });
  expect(runners.map(({ photoOptOut, photoConsent }) => [photoOptOut, photoConsent])).toEqual([
    [true, null],
    [null, false],
    [null, true],
  ]);
  expect(
    (await preview(csv('bib;nom;prenom;opt_out_photo', '1;Petit;Luc;non'))).examples.changed,
  ).toMatchObject([{ consents: [{ consent: 'photoOptOut', now: false }] }]);
});

test('minors are told by date, by year when they may still be 17, and by category', async () => {
  const { pro, eventId, bring } = await openStartList(await createTestContext());
  await bring(
    csv(
      'bib;nom;né le;cat',
      '1;A;14/06/2008;',
      '2;B;15/06/2008;',
      '3;C;2008;',
      '4;D;2007;',
      '5;E;;CAM',
      '6;F;;SEM',
    ),
  );
  const { runners } = await listStartList(pro, { eventId, limit: 10 });
  expect(runners.map(({ bib, isMinor }) => `${bib}${isMinor ? ' minor' : ''}`)).toEqual([
    '1',
    '2 minor',
    '3 minor',
    '4',
    '5 minor',
    '6',
  ]);
});

test('a later list without ages does not make an adult of a minor', async () => {
  const { anyone, eventId, bring } = await openStartList(await createTestContext());
  await bring(csv('bib;nom;prenom;annee', '1;Petit;Luc;2012'));
  expect(await bring(csv('bib;nom;prenom;club', '1;Petit;Luc;AC Vaubrun'))).toMatchObject({ changed: 1 });
  expect(await findRunner(anyone, { eventId, bib: '1' })).toMatchObject([
    { isMinor: true, club: 'AC Vaubrun' },
  ]);
});

test('another organisation neither sees nor changes the list, and a draft’s runners are not public', async () => {
  const { anyone, pro, eventId } = await openStartList(await createTestContext());
  const other = withActor(anyone, (await makePro(anyone)).actor);
  const absent = { code: 'not-found' };
  await expect(importStartList(other, { eventId, bytes: LIST })).rejects.toMatchObject(absent);
  await expect(previewStartList(other, { eventId, fileName: 'x', bytes: LIST })).rejects.toMatchObject(
    absent,
  );
  await expect(listStartList(other, { eventId, limit: 5 })).rejects.toMatchObject(absent);
  const organisationId = pro.actor.kind === 'account' ? (pro.actor.organisationId ?? '') : '';
  const draft = await makeEvent(anyone, { organisationId, status: 'draft' });
  await expect(findRunner(anyone, { eventId: draft.id, bib: '7' })).rejects.toMatchObject(absent);
  await expect(findRunnersByName(other, { eventId: draft.id, name: 'Anne', limit: 5 })).rejects.toMatchObject(
    absent,
  );
  expect(await findRunner(pro, { eventId: draft.id, bib: '7' })).toEqual([]);
});

test('an archived event takes no list', async () => {
  const { anyone, pro } = await openStartList(await createTestContext());
  const organisationId = pro.actor.kind === 'account' ? (pro.actor.organisationId ?? '') : '';
  const old = await makeEvent(anyone, { organisationId, status: 'archived' });
  await expect(importStartList(pro, { eventId: old.id, bytes: LIST })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('names are found in any order, without accents, by their beginning, and with a slip of the finger', async () => {
  const { anyone, eventId, bring } = await openStartList(await createTestContext());
  await bring(
    csv(
      'bib;nom;prenom',
      '1;Lefèvre;Jean-François',
      '2;Lefebvre;Marie',
      '3;O’Brien;Zoë',
      '4;Durand;Anne',
      '5;Durant;Annie',
    ),
  );
  const find = async (name: string) =>
    (await findRunnersByName(anyone, { eventId, name, limit: 10 })).map(({ bib }) => bib);
  expect(await find('lefevre jean')).toEqual(['1']);
  expect(await find('JEAN FRANCOIS LEFÈVRE')).toEqual(['1']);
  expect(await find('lef')).toEqual(['2', '1']);
  expect(await find('zoe obrien')).toEqual(['3']);
  expect(await find("zoe o'brien")).toEqual(['3']);
  expect(await find('duarnd')).toEqual(['4']);
  expect(await find('anne durand')).toEqual(['4']);
  expect(await find('x')).toEqual([]);
  expect(await find('%_')).toEqual([]);
});

test('the list turns by pages in the order of numbers', async () => {
  const { pro, eventId, bring } = await openStartList(await createTestContext());
  await bring(csv('bib;nom', ...[10, 9, 101, 1, 2, 'A1'].map((bib) => `${bib};R${bib}`)));
  const first = await listStartList(pro, { eventId, limit: 4 });
  const second = await listStartList(pro, { eventId, limit: 4, after: first.next });
  expect([...first.runners, ...second.runners].map(({ bib }) => bib)).toEqual([
    '1',
    '2',
    '9',
    '10',
    'A1',
    '101',
  ]);
  expect(
    (await listStartList(pro, { eventId, search: '10', limit: 5 })).runners.map(({ bib }) => bib),
  ).toEqual(['10', '101']);
});
