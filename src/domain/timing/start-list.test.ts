import { existsSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { ZipFile } from 'yazl';
import { type Context, withActor } from '#context.ts';
import { getOwnEvent } from '#domain/events/get-own-event.ts';
import { makeEvent, makePro, makeRace } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { findRunner } from './find-runner.ts';
import { findRunnersByName } from './find-runners-by-name.ts';
import { importStartList } from './import-start-list.ts';
import { listBibs } from './list-bibs.ts';
import { countStartList, listStartList } from './list-start-list.ts';
import { previewStartList } from './preview-start-list.ts';

let anyone: Context;
let pro: Context;
let eventId: string;

beforeEach(async () => {
  anyone = await createTestContext();
  const { actor, organisation } = await makePro(anyone);
  pro = withActor(anyone, actor);
  eventId = (await makeEvent(anyone, { organisationId: organisation.id })).id;
});

const csv = (...lines: string[]) => Buffer.from(lines.join('\n'));
const bring = (bytes: Buffer, removeMissing = false) =>
  importStartList(pro, { eventId, bytes, removeMissing });
const preview = (bytes: Buffer) => previewStartList(pro, { eventId, fileName: 'liste.csv', bytes });
const LIST = csv(
  'Dossard;Nom;Prénom;Sexe;Catégorie',
  '7;DURAND;Anne;F;SEF',
  '007;Noël;Élodie;f;M1F',
  'A12;Le Goff;Jean-Yves;H;',
);

test('a list comes in once: the same file again changes nothing', async () => {
  expect(await bring(LIST)).toEqual({ added: 3, changed: 0, removed: 0, unchanged: 0, errors: [] });
  expect(await bring(LIST)).toEqual({ added: 0, changed: 0, removed: 0, unchanged: 3, errors: [] });
  expect(await listBibs(anyone, { eventId })).toHaveLength(3);
  expect(await findRunner(anyone, { eventId, bib: ' a12 ' })).toMatchObject([
    { firstName: 'Jean-Yves', lastName: 'Le Goff' },
  ]);
  expect(await findRunner(anyone, { eventId, bib: '07' })).toEqual([]);
});

test('races with very long names come in once, and stay apart or together by what is kept of the name', async () => {
  const long = 'Trail des crêtes et des vallées '.repeat(4);
  const list = csv('Dossard;Nom;Course', `1;Petit;${long}A`, `2;Grand;${long}B`, '3;Roux;Relais');
  expect(await bring(list)).toMatchObject({ added: 3, errors: [] });
  expect(await bring(list)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
});

test('a long club that ends in a sign of two halves comes in', async () => {
  const club = `${'x'.repeat(119)}🏃`;
  expect(await bring(csv('Dossard;Nom;Club', `1;Petit;${club}`))).toMatchObject({ added: 1, errors: [] });
});

test('two imports of one list at once leave each runner once', async () => {
  await Promise.all([bring(LIST), bring(LIST)]);
  expect(await countStartList(pro, { eventId })).toBe(3);
});

test('a re-import says what is added, changed, missing and who swapped bibs, and removes only when asked', async () => {
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

test('who refuses photos is found by nobody but the organiser, and a later list without the column changes nothing', async () => {
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

test('what somebody said of columns holds for the organisation’s next file with these headings, until they say otherwise', async () => {
  const headings = 'Dossard;Nom;Prénom;Groupe';
  const chosen = ['bib', 'lastName', 'firstName', 'race'] as const;
  await importStartList(pro, { eventId, bytes: csv(headings, '1;Petit;Luc;Relais'), mapping: [...chosen] });
  expect((await preview(csv(headings, '2;Roux;Zoé;Relais'))).mapping).toEqual(chosen);
  const other = withActor(anyone, (await makePro(anyone)).actor);
  const organisationId = other.actor.kind === 'account' ? (other.actor.organisationId ?? '') : '';
  const elsewhere = (await makeEvent(anyone, { organisationId })).id;
  const bytes = csv(headings, '2;Roux;Zoé;Relais');
  expect((await previewStartList(other, { eventId: elsewhere, fileName: 'x', bytes })).mapping[3]).toBeNull();
  await importStartList(pro, { eventId, bytes, mapping: ['bib', 'lastName', 'firstName', null] });
  expect((await preview(bytes)).mapping).toEqual(['bib', 'lastName', 'firstName', null]);
});

test('a preview writes nothing', async () => {
  expect(await preview(LIST)).toMatchObject({
    added: 3,
    rowCount: 3,
    errorCount: 0,
    mapping: ['bib', 'lastName', 'firstName', 'gender', 'category'],
  });
  expect(await countStartList(pro, { eventId })).toBe(0);
});

test('a wrong row is named by its line and column and left out; the others come in', async () => {
  const list = csv(
    'dossard,nom,prenom,annee',
    '1,A,B,1990',
    '??,C,D,1990',
    ',E,F,1990',
    '1,G,H,1990',
    '5,I,J,soon',
    '6,K',
  );
  const { errors, ...counts } = await bring(list);
  expect(counts).toEqual({ added: 2, changed: 0, removed: 0, unchanged: 0 });
  expect(errors.map(({ line, column, key }) => [line, column, key])).toEqual([
    [3, 'dossard', 'bibInvalid'],
    [4, 'dossard', 'bibMissing'],
    [5, null, 'bibTwice'],
    [7, 'prenom', 'tooFewCells'],
  ]);
  expect((await preview(list)).issues).toContainEqual({
    severity: 'warning',
    line: 6,
    column: 'annee',
    key: 'birthUnreadable',
    values: { text: 'soon' },
  });
});

test('one bib may be worn in two races; races that the event has not are made with a colour of their own', async () => {
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

test('columns chosen by hand win over what was recognised, also without a heading row', async () => {
  const list = csv('12|Durand|Anne', '13|Petit|Luc');
  expect(await preview(list)).toMatchObject({ added: 0, mapping: [null, null, null] });
  await expect(bring(list)).rejects.toMatchObject({ public: { key: 'timing.bibColumnMissing' } });
  const mapping = ['bib', 'lastName', 'firstName'] as const;
  await importStartList(pro, { eventId, bytes: list, mapping: [...mapping] });
  expect(await listStartList(pro, { eventId, limit: 10 })).toMatchObject({
    runners: [{ bib: '12', firstName: 'Anne' }, { bib: '13' }],
    next: null,
  });
});

test('minors are told by date, by year when they may still be 17, and by category', async () => {
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
  await bring(csv('bib;nom;prenom;annee', '1;Petit;Luc;2012'));
  expect(await bring(csv('bib;nom;prenom;club', '1;Petit;Luc;AC Vaubrun'))).toMatchObject({ changed: 1 });
  expect(await findRunner(anyone, { eventId, bib: '1' })).toMatchObject([
    { isMinor: true, club: 'AC Vaubrun' },
  ]);
});

test('a workbook is read as its text would be: dates, numbers and text alike', async () => {
  const workbook = await writeXlsxFile([
    ['Dossard', 'Nom', 'Prénom', 'Sexe', 'Date de naissance'],
    [7, 'DURAND', 'Anne', 'F', { value: new Date('1990-02-03T00:00:00Z'), format: 'dd/mm/yyyy' }],
    ['007', 'Noël', 'Élodie', 'f', '03/02/2012'],
    [],
    ['A12', 'Le Goff', 'Jean-Yves', 'H', 1985],
  ]).toBuffer();
  expect(await preview(workbook)).toMatchObject({ encoding: 'xlsx', added: 3, errorCount: 0, rowCount: 3 });
  await bring(workbook);
  const { runners } = await listStartList(pro, { eventId, limit: 5 });
  expect(runners.map(({ bib, lastName, isMinor }) => [bib, lastName, isMinor])).toEqual(
    expect.arrayContaining([
      ['7', 'DURAND', false],
      ['007', 'Noël', true],
      ['A12', 'Le Goff', false],
    ]),
  );
  expect(await bring(workbook)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
});

test('a workbook that unpacks to far more than it may is refused before it fills the memory', async () => {
  const zip = new ZipFile();
  zip.addReadStream(Readable.from(zeros(200)), 'xl/worksheets/sheet1.xml');
  zip.end();
  const bomb = await buffer(zip.outputStream);
  expect(bomb.length).toBeLessThan(1_000_000);
  await expect(bring(bomb)).rejects.toMatchObject({ public: { key: 'timing.workbookTooLarge' } });
});

function* zeros(megabytes: number): Generator<Buffer> {
  for (let index = 0; index < megabytes; index += 1) yield Buffer.alloc(1_000_000);
}

test('a broken workbook, an empty file, an open quote and twenty thousand columns are refused quickly, nothing half done', async () => {
  const refused = [
    [Buffer.from('PK\x03\x04rest of a zip'), 'timing.workbookUnreadable'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'timing.fileIsOldWorkbook'],
    [Buffer.alloc(0), 'timing.fileEmpty'],
    [csv('bib,nom'), 'timing.fileWithoutRunners'],
    [Buffer.from(`bib,nom\n1,A\n2,"${'x'.repeat(5_000_000)}`), 'timing.quoteNotClosed'],
    [
      csv(Array.from({ length: 20_000 }, (_, index) => `c${index}`).join(','), '1,2'),
      'timing.tooManyColumns',
    ],
    [Buffer.alloc(17 * 1024 * 1024, 'a'), 'timing.fileTooLarge'],
  ] as const;
  for (const [bytes, key] of refused) await expect(bring(bytes)).rejects.toMatchObject({ public: { key } });
  expect(await countStartList(pro, { eventId })).toBe(0);
});

test('another organisation neither sees nor changes the list, and a draft’s runners are not public', async () => {
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
  const organisationId = pro.actor.kind === 'account' ? (pro.actor.organisationId ?? '') : '';
  const old = await makeEvent(anyone, { organisationId, status: 'archived' });
  await expect(importStartList(pro, { eventId: old.id, bytes: LIST })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('names are found in any order, without accents, by their beginning, and with a slip of the finger', async () => {
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

const folder = new URL('../../../../shared/data/badinput/csv/', import.meta.url);

describe.skipIf(!existsSync(folder))(
  'the collection of bad and odd lists (optional data, looked for in ../shared/data)',
  () => {
    const file = (name: string) => readFileSync(new URL(name, folder));

    test('60,000 rows come in, and again without a change', async () => {
      expect(await bring(file('big-60000.csv'))).toMatchObject({ added: 60_000, errors: [] });
      expect(await bring(file('big-60000.csv'))).toMatchObject({ added: 0, changed: 0, unchanged: 60_000 });
    }, 60_000);

    const namesOf = async () =>
      (await listStartList(pro, { eventId, limit: 20 })).runners.map(
        ({ bib, firstName, lastName }) => `${bib} ${firstName} ${lastName}`,
      );

    test.each<[file: string, people: string[], errorLines: number[]]>([
      ['ok-bom', ['1 Anne Durand'], []],
      ['ok-comma', ['1 Anne Durand', '2 Élodie Noël'], []],
      ['ok-cr-only', ['1 Anne Durand'], []],
      ['ok-latin1', ['1 Élodie Noël'], []],
      ['ok-quoted-newline', ['1 An ne Du,rand "x"'], []],
      ['ok-semicolon-crlf', ['1 Anne Durand'], []],
      ['ok-utf16le', ['1 Élodie Noël'], []],
      ['dup-bibs', ['5 A A'], [3]],
      [
        'leading-zeros',
        [
          '0 Z Ero',
          '7 X Y',
          '12 S P',
          '007 J B',
          '12A A B',
          '1E5 E X',
          '١٢ Ar Digits',
          '999999999999999999999 B Ig',
        ],
        [9],
      ],
    ])('CSV-02: %s.csv gives these people and names these lines', async (name, people, errorLines) => {
      const { errors } = await bring(file(`${name}.csv`));
      expect(errors.map(({ line }) => line)).toEqual(errorLines);
      expect((await namesOf()).sort()).toEqual([...people].sort());
    });

    test.each(['rtl-emoji', 'formula'])('CSV-02: %s.csv is accepted as text', async (name) => {
      expect(await bring(file(`${name}.csv`))).toMatchObject({ errors: [] });
      expect((await namesOf()).join()).not.toMatch(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
    });

    test.each<[file: string, said: string | { line: number; column: string | null; key: string }[]]>([
      ['empty', 'timing.fileEmpty'],
      ['header-only', 'timing.fileWithoutRunners'],
      ['nul', [{ line: 2, column: 'first_name', key: 'controlCharacter' }]],
      ['proto', 'timing.bibColumnMissing'],
      [
        'ragged',
        [
          { line: 2, column: 'first_name', key: 'tooFewCells' },
          { line: 3, column: '4', key: 'tooManyCells' },
        ],
      ],
      ['unclosed-quote-5MB', 'timing.quoteNotClosed'],
      ['wide-20000-columns', 'timing.tooManyColumns'],
      ['xlsx-named', 'timing.workbookUnreadable'],
    ])('CSV-02: %s.csv is refused in these words, and nothing is half imported', async (name, said) => {
      const outcome = bring(file(`${name}.csv`));
      if (typeof said === 'string') await expect(outcome).rejects.toMatchObject({ public: { key: said } });
      else expect(await outcome).toMatchObject({ added: 0, errors: said });
      expect(await countStartList(pro, { eventId })).toBe(0);
    });
  },
);
