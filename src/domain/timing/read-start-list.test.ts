import { expect, test } from 'vitest';
import { readStartList } from './read-start-list.ts';

const RACE_DAY = { year: 2026, month: 6, day: 14 };
const read = (...lines: string[]) => readStartList(Buffer.from(lines.join('\r\n')), RACE_DAY);

const ANNE = { bib: '7', lastName: 'DURAND', firstName: 'Anne' };

/** Headings and rows as registration and timing software writes them, with what must be read of them. */
test.each<[from: string, headings: string, row: string, read: object]>([
  [
    'a plain list',
    'Dossard;Nom;Prénom;Date de naissance;Sexe',
    '7;DURAND;Anne;03/02/1990;F',
    { birthYear: 1990, gender: 'F' },
  ],
  ['a club', 'N° Dossard;Nom;Prénom;Sexe;Catégorie', '7;DURAND;Anne;f;V1', { gender: 'F', category: 'V1' }],
  [
    'Elogica',
    'Dossard;Nom;Prénom;Sexe;DateNaissance;Club;Licence;Catégorie',
    '7;DURAND;Anne;F;1990-02-03;AC Vaubrun;123456;M1F',
    { gender: 'F', birthYear: 1990, club: 'AC Vaubrun', category: 'M1F' },
  ],
  [
    'results',
    'Position;Dossard;Nom;Prénom;Sexe;Catégorie;Club;Temps;Vitesse',
    '1;7;DURAND;Anne;F;SEF;AC Vaubrun;00:41:02;14,6',
    { category: 'SEF', club: 'AC Vaubrun' },
  ],
  [
    'LiveTrail',
    'Clt;Dossard;Nom;Prénom;Cat;Club;Pays;Temps',
    '1;7;DURAND;Anne;V1F;AC Vaubrun;FRA;12h34m56s',
    { category: 'V1F', club: 'AC Vaubrun' },
  ],
  [
    'the federation',
    'DOSSARD,NOM,PRENOM,SEXE,DATE_NAI,NATCOD,CATCOD,STRCODNUM_CLU,STRNOM_CLU',
    '7,DURAND,Anne,F,03/02/1990,FRA,SE,013001,AC VAUBRUN',
    { birthYear: 1990, category: 'SE', club: 'AC VAUBRUN' },
  ],
  [
    'Italian',
    'numero,nome,categoria,squadra',
    '7,DURAND Anne,SF,Atletica',
    { category: 'SF', club: 'Atletica' },
  ],
  ['Italian, two names', 'pettorale;cognome;nome;sesso', '7;DURAND;Anne;donna', { gender: 'F' }],
  ['English', 'number,name,team,category', '7,Anne DURAND,Vaubrun,SF', { club: 'Vaubrun', category: 'SF' }],
  [
    'English, two names',
    'Bib,First name,Surname,Gender,Year of birth',
    '7,Anne,DURAND,female,1990',
    { gender: 'F', birthYear: 1990 },
  ],
  [
    'German',
    'Startnr;Nachname;Vorname;Jahrgang;Verein;Wettbewerb',
    '7;DURAND;Anne;1990;TV Ulm;10 km',
    { birthYear: 1990, raceName: '10 km' },
  ],
  ['German, short', 'StNr;Name;Vorname;AK', '7;DURAND;Anne;W35', { category: 'W35' }],
  ['a race by its name', 'SNR;LastName;FirstName;Épreuve', '7;DURAND;Anne;Semi', { raceName: 'Semi' }],
  ['a race by its course', 'num;nom;prénom;Parcours', '7;DURAND;Anne;21 km', { raceName: '21 km' }],
  ['one column of names', 'Dossard;Nom complet;Équipe', '7;DURAND Anne;Vaubrun', { club: 'Vaubrun' }],
  [
    'columns that are not needed',
    'Dossard;Nom;Prénom;Courriel;Téléphone;Licence;Puce;Sas',
    '7;DURAND;Anne;a@b.fr;06;1;A1;2',
    {},
  ],
  ['Excel’s first line', 'sep=,\r\nDossard,Nom,Prénom', '7,DURAND,Anne', {}],
  ['tabs', 'Dossard\tNom\tPrénom', '7\tDURAND\tAnne', {}],
  ['bars', 'Dossard|Nom|Prénom', '7|DURAND|Anne', {}],
  [
    'consents',
    'Dossard;Nom;Prénom;accord_photo;accord_visage;opt_out_photo',
    '7;DURAND;Anne;oui;non;',
    { photoConsent: true, faceConsent: false, photoOptOut: null },
  ],
  [
    'the right to one’s image',
    'Dossard;Nom;Prénom;Droit à l’image',
    '7;DURAND;Anne;J’accepte',
    { photoConsent: true },
  ],
  ['refusals', 'Dossard;Nom;Prénom;Refus photo', '7;DURAND;Anne;X', { photoOptOut: true }],
  [
    'English consents',
    'bib,last name,first name,Photo consent,No photo',
    '7,DURAND,Anne,NO,yes',
    { photoConsent: false, photoOptOut: true },
  ],
])('the headings of %s are understood', async (_from, headings, row, wanted) => {
  const { runners, issues } = await read(headings, row);
  expect(issues).toEqual([]);
  expect(runners).toMatchObject([{ ...ANNE, ...wanted }]);
});

test.each([
  ['UTF-8', Buffer.from('dossard;nom;prenom\n1;Noël;Élodie')],
  ['UTF-8 with mark', Buffer.from('\ufeffdossard;nom;prenom\n1;Noël;Élodie')],
  ['UTF-16 little', Buffer.from('\ufeffdossard\tnom\tprenom\r\n1\tNoël\tÉlodie', 'utf16le')],
  ['UTF-16 without mark', Buffer.from('dossard\tnom\tprenom\r\n1\tNoël\tÉlodie', 'utf16le')],
  ['UTF-16 big', Buffer.from('\ufeffdossard,nom,prenom\n1,Noël,Élodie', 'utf16le').swap16()],
  ['Windows-1252', Buffer.from('dossard;nom;prenom\n1;No\xebl;\xc9lodie', 'latin1')],
  ['MacRoman', Buffer.from('dossard;nom;prenom\r1;No\x91l;\x83lodie', 'latin1')],
  ['sep= and CR', Buffer.from('sep=|\rdossard|nom|prenom\r1|Noël|Élodie\r')],
  ['quotes and hard spaces', Buffer.from('"N° Dossard","Nom","Prénom"\n"1","\u00a0Noël ","Élodie"')],
  ['a title above the headings', Buffer.from('Course 2026;;\nStartnr;Nachname;Vorname\n1;Noël;Élodie')],
  ['name in one cell', Buffer.from('pettorale;nome e cognome\n1;NOËL Élodie')],
])('a list in %s gives the same runner', async (_name, bytes) => {
  const { runners } = await readStartList(bytes, RACE_DAY);
  expect(runners).toHaveLength(1);
  const [runner] = runners;
  expect([runner?.bib, runner?.firstName, runner?.lastName.toLowerCase()]).toEqual(['1', 'Élodie', 'noël']);
});

test('words that nobody knows refuse photos in a column of refusals, and consent to nothing in one of consents', async () => {
  const { runners, issues } = await read(
    'bib;nom;droit à l’image;opt out photo',
    '7;Durand;à voir;me demander',
    '8;Petit;refus;non',
  );
  expect(runners).toMatchObject([
    { photoConsent: null, photoOptOut: true },
    { photoConsent: false, photoOptOut: false },
  ]);
  expect(issues.map(({ severity, column, key }) => [severity, column, key])).toEqual([
    ['warning', 'opt out photo', 'refusalAssumed'],
    ['warning', 'droit à l’image', 'consentUnreadable'],
  ]);
});

test('a file of KMS is read as Windows writes it, whatever its signs look like; one that is plainly UTF-8 is believed', async () => {
  const kms = { profile: 'kms' } as const;
  // Where quotes and dashes of Windows are more than letters, an old Mac would be suspected.
  const windows = Buffer.from('Dossard;Nom;Prénom\r\n7;D\x92Ar\x96Mor\x92;\xc9lodie', 'latin1');
  expect((await readStartList(windows, RACE_DAY, kms)).runners).toMatchObject([
    { lastName: 'D’Ar–Mor’', firstName: 'Élodie' },
  ]);
  const commas = Buffer.from('Dossard;Nom;Prénom\r\n7;Du, R, A;Élodie\r\n8;A, B, C;Zoé');
  expect((await readStartList(commas, RACE_DAY, kms)).runners).toMatchObject([
    { lastName: 'Du, R, A' },
    { firstName: 'Zoé' },
  ]);
});
