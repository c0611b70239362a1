import { beforeEach, expect, test } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { createEvent } from '#domain/events/create-event.ts';
import { getOwnEvent } from '#domain/events/get-own-event.ts';
import { makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { importPassages } from './import-passages.ts';
import { importStartList } from './import-start-list.ts';
import { listCheckpointPassages } from './list-checkpoint-passages.ts';
import { planPassages } from './plan-passages.ts';
import { previewPassages } from './preview-passages.ts';

let pro: Context;
let eventId: string;

beforeEach(async () => {
  const anyone = await createTestContext();
  pro = withActor(anyone, (await makePro(anyone)).actor);
  eventId = await makeRace('2026-06-21T08:00:00Z');
});

async function makeRace(startsAt: string, timeZone = 'Europe/Paris'): Promise<string> {
  const race = (name: string, distanceMeters: number) => ({
    name,
    distanceMeters,
    startsAt: null,
    bibRanges: [],
    colour: '#1f5fbf',
  });
  const { id } = await createEvent(pro, {
    name: 'Les Crêtes de Vaubrun',
    sport: 'trail',
    startsAt: new Date(startsAt),
    timeZone,
    place: 'Vaubrun',
    photoPriceCents: 900,
    allPhotosPriceCents: 2900,
    races: [race('21 km', 21_000), race('10 km', 10_000)],
  });
  return id;
}

const clax = (results: string, extra = '') =>
  Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<Epreuve nom="Les Crêtes" dates="46194" futur="1">
 <Parcours><Pcs nom="21 km" distance="21000"/><Pcs nom="10 km" distance="10000"/></Parcours>
 <Pointages><Pointage id="0" nom="Col du Loup" dist="9000" pcs="21 km"/><Pointage id="1" nom="Lac" dist="15000" pcs="21 km"/></Pointages>
 <Handicaps><H sdateheure="2026-06-21 10:00:37" filtre="Parcours='21 km'"/><H sdateheure="2026-06-21 10:30:00" filtre="Parcours='10 km'"/></Handicaps>
 <Etapes><Etape>
  <Engages>
   <E d="101" n="DURAND Anne" x="F" a="1990" p="21 km" h="10h00'59,389"/>
   <E d="102" n="PETIT Luc" x="M" a="1985" p="21 km" zz="?"/>
   <E d="901" n="ROUX Zoé" x="F" a="2001" p="10 km"/>
   <E d="103" n="FAURE Max" x="M" a="1979" p="21 km" np="1" h="10h01'00"/>${extra}
  </Engages>
  <Resultats>${results}</Resultats>
 </Etape></Etapes>
</Epreuve>`);

const RESULTS = `
   <R d="101" t="01h35'15" re="01h36'00" b="11h36'37,88" p0="00h40'00" pb0="10h41'00,5" p1="01h10'00" pb1="11h10'59,120"/>
   <R d="102" t="Abandon" pb0="10h50'00"/>
   <R d="901" t="00h35'15" re="00h35'16" b="11h05'16,007"/>`;

/** Bib, checkpoint, lap and instant of all that a file would bring in. */
async function read(bytes: Buffer, id = eventId) {
  const plan = await planPassages(pro, { eventId: id, bytes });
  return {
    ...plan,
    lines: plan.wanted.map(
      ({ bib, checkpoint, at }) => `${bib} ${plan.places[checkpoint]?.name} ${at.toISOString()}`,
    ),
  };
}

test('a .clax file gives the instant of every start, checkpoint and finish, never rebuilt from the official time', async () => {
  const { lines, issues, unknown, format } = await read(clax(RESULTS));
  expect(format).toBe('clax');
  expect(lines).toEqual([
    '101 Départ 2026-06-21T08:00:59.389Z',
    '101 Col du Loup 2026-06-21T08:41:00.005Z',
    '101 Lac 2026-06-21T09:10:59.120Z',
    '101 Arrivée 2026-06-21T09:36:37.088Z',
    '102 Col du Loup 2026-06-21T08:50:00.000Z',
    '901 Arrivée 2026-06-21T09:05:16.007Z',
  ]);
  expect(issues).toEqual([]);
  expect(unknown).toEqual(['E/zz']);
});

test('an import makes the checkpoints it needs, gives runners their race, and is the same a second time', async () => {
  const bytes = clax(RESULTS);
  expect(await previewPassages(pro, { eventId, bytes })).toMatchObject({
    added: 6,
    changed: 0,
    unchanged: 0,
  });
  expect(await importPassages(pro, { eventId, bytes })).toEqual({
    added: 6,
    changed: 0,
    removed: 0,
    unchanged: 0,
    refused: 0,
  });
  expect(await importPassages(pro, { eventId, bytes })).toMatchObject({ added: 0, changed: 0, unchanged: 6 });
  expect(await listCheckpointPassages(pro, { eventId })).toMatchObject([
    { name: 'Départ', passages: 1 },
    { name: 'Arrivée', passages: 2, first: new Date('2026-06-21T09:05:16.007Z') },
    { name: 'Col du Loup', passages: 2, distanceMeters: 9000 },
    { name: 'Lac', passages: 1 },
  ]);
  expect((await getOwnEvent(pro, { eventId })).checkpoints).toHaveLength(4);
});

test('a corrected file is a difference: one time changed, one new, one gone only when asked', async () => {
  await importPassages(pro, { eventId, bytes: clax(RESULTS) });
  const corrected = clax(`
   <R d="101" b="11h36'37,88" pb0="10h41'00,6" pb1="11h10'59,120"/>
   <R d="102" pb0="10h50'00" pb1="11h40'00"/>`);
  expect(await previewPassages(pro, { eventId, bytes: corrected })).toMatchObject({
    added: 1,
    changed: 1,
    missing: 1,
    unchanged: 4,
  });
  expect(await importPassages(pro, { eventId, bytes: corrected, removeMissing: true })).toMatchObject({
    added: 1,
    changed: 1,
    removed: 1,
  });
  expect(await importPassages(pro, { eventId, bytes: corrected })).toMatchObject({ unchanged: 6, added: 0 });
});

test('a race that runs past midnight goes on the next day', async () => {
  const { lines } = await read(clax(`<R d="101" pb0="22h00'00" pb1="2h30'00" b="6h15'00"/>`));
  expect(lines.slice(1)).toEqual([
    '101 Col du Loup 2026-06-21T20:00:00.000Z',
    '101 Lac 2026-06-22T00:30:00.000Z',
    '101 Arrivée 2026-06-22T04:15:00.000Z',
  ]);
});

test('in the night of the autumn change the order or the duration tells which turn of the hour it was, else it is refused', async () => {
  const night = await makeRace('2026-10-24T20:00:00Z');
  const csv = (rows: string) => Buffer.from(`Dossard;Heure CP1;Heure CP2\n${rows}\n`);
  // 02:30 is shown twice; after 02:45 of the first turn there is only the second.
  expect((await read(csv('1;2026-10-25T02:45:00+02:00;02:30:00'), night)).lines.at(-1)).toContain(
    '2026-10-25T01:30:00.000Z',
  );
  const twice = await read(csv('1;23:00:00;02:30:00'), night);
  expect(twice.issues).toMatchObject([{ key: 'timeTwice', line: 2 }]);
  expect(twice.lines).toHaveLength(1);
});

test('in the night of the spring change a time that no clock showed is refused', async () => {
  const night = await makeRace('2026-03-28T21:00:00Z');
  const { issues, lines } = await read(Buffer.from('Dossard;Heure CP1\n1;02:30:00\n2;03:10:00\n'), night);
  expect(issues).toMatchObject([{ key: 'timeSkipped', line: 2 }]);
  expect(lines).toEqual(['2 CP1 2026-03-29T01:10:00.000Z']);
});

test('results with durations count from the gun; net times alone are refused', async () => {
  const elogica =
    'Dossard;Nom;Prénom;Sexe;Cat;Club;TpsGun;TpsNet\n101;DURAND;Anne;F;SEF;;01:36:00;01:35:15\n';
  const { lines, format, unknown } = await read(Buffer.from(elogica, 'latin1'));
  expect([format, lines, unknown]).toEqual(['elogica', ['101 Arrivée 2026-06-21T09:36:00.000Z'], ['TpsNet']]);
  await expect(read(Buffer.from('Dossard;TpsNet\n101;01:35:15\n'))).rejects.toMatchObject({
    public: { key: 'timing.onlyNetTimes' },
  });
});

test('LiveTrail’s writings of long times are read', async () => {
  const rows = `1;7;DURAND;Anne;SEF;;FRA;12h34m56s\n2;8;PETIT;Luc;V1H;;FRA;13h02'11''\n3;9;ROUX;Zoé;SEF;;FRA;1j 02:10:00\n;10;FAURE;Max;SEH;;FRA;Abandon`;
  const { lines, format, issues } = await read(
    Buffer.from(`Clt;Dossard;Nom;Prénom;Cat;Club;Pays;Temps\n${rows}\n`),
  );
  expect(format).toBe('livetrail');
  expect(lines).toEqual([
    '7 Arrivée 2026-06-21T20:34:56.000Z',
    '8 Arrivée 2026-06-21T21:02:11.000Z',
    '9 Arrivée 2026-06-22T10:10:00.000Z',
  ]);
  expect(issues).toEqual([]);
});

test('one row per passage: laps count up, a day of its own is read, and the simple address of RACE RESULT is the same', async () => {
  const csv = 'bib,point,date,time\n101,Lac,2026-06-21,10:20:00\n102,Finish,2026-06-21,11:00:00.5\n';
  expect((await read(Buffer.from(csv))).lines).toEqual([
    '101 Lac 2026-06-21T08:20:00.000Z',
    '102 Arrivée 2026-06-21T09:00:00.500Z',
  ]);
  const rows = [
    { Bib: 101, Split: 'Lac', TimeOfDay: '10:20:00.25' },
    { Bib: 102, Split: 'Lac', TimeOfDay: '10:21:00' },
  ];
  for (const body of [rows, { data: rows }]) {
    const { lines, format } = await read(Buffer.from(JSON.stringify(body)));
    expect([format, ...lines]).toEqual([
      'race-result',
      '101 Lac 2026-06-21T08:20:00.250Z',
      '102 Lac 2026-06-21T08:21:00.000Z',
    ]);
  }
});

test('a runner’s race comes from the start list when the file does not tell', async () => {
  const list = Buffer.from('Dossard;Nom;Prénom;Course\n101;Durand;Anne;21 km\n901;Roux;Zoé;10 km\n');
  await importStartList(pro, { eventId, bytes: list });
  const plan = await read(Buffer.from('Dossard;Temps\n101;1:36:00\n901;0:35:16\n'));
  const { races } = await getOwnEvent(pro, { eventId });
  expect(plan.wanted.map(({ raceId }) => races.find(({ id }) => id === raceId)?.name)).toEqual([
    '21 km',
    '10 km',
  ]);
});

test.each([
  ['<Epreuve><R d="1"', 'timing.claxUnreadable'],
  ['<html><body>no</body></html>', 'timing.claxWithoutResults'],
  ['{"a": 1}', 'timing.jsonWithoutRows'],
  ['{"a": ', 'timing.jsonUnreadable'],
  ['Nom;Prénom\nDurand;Anne\n', 'timing.fileWithoutTimes'],
  ['', 'timing.fileEmpty'],
])('%j is refused with its reason and nothing is kept', async (text, key) => {
  await expect(importPassages(pro, { eventId, bytes: Buffer.from(text) })).rejects.toMatchObject({
    public: { key },
  });
  expect(await listCheckpointPassages(pro, { eventId })).toEqual([]);
});

test('an entity bomb and a pointer to a file of the server say nothing', async () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><Epreuve><E d="&b;"/><R d="&c;" b="10h00'00"/></Epreuve>`;
  await expect(previewPassages(pro, { eventId, bytes: Buffer.from(bomb) })).rejects.toMatchObject({
    public: { key: 'timing.claxUnreadable' },
  });
});

test('rows that cannot be read are told by line and the others come in', async () => {
  const { lines, issues } = await read(
    Buffer.from('Dossard;Heure CP1\n101;10:20:00\n;10:21:00\n102;25h??\n103;10:22:00\n'),
  );
  expect(lines).toHaveLength(2);
  expect(issues.map(({ line, key }) => [line, key])).toEqual([
    [3, 'bibMissing'],
    [4, 'timeUnreadable'],
  ]);
});
