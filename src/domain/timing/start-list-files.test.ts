import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { ZipFile } from 'yazl';
import { withActor } from '#context.ts';
import { makeEvent, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { csv, openStartList } from '../../../tests/start-list-stage.ts';
import { importStartList } from './import-start-list.ts';
import { countStartList, listStartList } from './list-start-list.ts';
import { previewStartList } from './preview-start-list.ts';

test('races with very long names come in once, and stay apart or together by what is kept of the name', async () => {
  const { bring } = await openStartList(await createTestContext());
  const long = 'Trail des crêtes et des vallées '.repeat(4);
  const list = csv('Dossard;Nom;Course', `1;Petit;${long}A`, `2;Grand;${long}B`, '3;Roux;Relais');
  expect(await bring(list)).toMatchObject({ added: 3, errors: [] });
  expect(await bring(list)).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
});

test('a long club that ends in a sign of two halves comes in', async () => {
  const { bring } = await openStartList(await createTestContext());
  const club = `${'x'.repeat(119)}🏃`;
  expect(await bring(csv('Dossard;Nom;Club', `1;Petit;${club}`))).toMatchObject({ added: 1, errors: [] });
});

test('what somebody said of columns holds for the organisation’s next file with these headings, until they say otherwise', async () => {
  const { anyone, pro, eventId, preview } = await openStartList(await createTestContext());
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

test('a wrong row is named by its line and column and left out; the others come in', async () => {
  const { bring, preview } = await openStartList(await createTestContext());
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

test('columns chosen by hand win over what was recognised, also without a heading row', async () => {
  const { pro, eventId, bring, preview } = await openStartList(await createTestContext());
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

test('a workbook is read as its text would be: dates, numbers and text alike', async () => {
  const { pro, eventId, bring, preview } = await openStartList(await createTestContext());
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
  const { bring } = await openStartList(await createTestContext());
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
  const { pro, eventId, bring } = await openStartList(await createTestContext());
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
