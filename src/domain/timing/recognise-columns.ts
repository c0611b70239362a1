import { normaliseName } from './normalise-name.ts';
import { cleanText } from './read-cells.ts';
import type { TableRow } from './read-table.ts';
import type { ColumnMapping, StartListField } from './start-list.ts';

/** Headings as they are met in French, English, German and Italian lists, normalised. */
const SYNONYMS: Record<StartListField, string> = {
  bib: `dossard|dossards|n dossard|no dossard|num dossard|numero dossard|numero de dossard|n de dossard|nr dossard|doss|num|numero|bib|bibs|bib
    number|bib no|bib num|bib code|race number|number|startnummer|start number|start nummer|startnr|start nr|stnr|snr|st
    nr|nummer|no|nr|n|pettorale|numero pettorale|pett|plaque`,
  lastName: `nom|nom de famille|nom famille|lastname|last name|surname|family name|familyname|nachname|familienname|cognome|nom
    coureur|nom participant|nom athlete|name last`,
  firstName: `prenom|prenoms|firstname|first name|given name|givenname|forename|vorname|prenom coureur|prenom participant|prenom
    athlete|nome proprio|name first`,
  fullName: `nom complet|nom prenom|nom et prenom|nom prenoms|prenom nom|prenom et nom|name|full name|fullname|runner|athlete|coureur|participant|
    concurrent|competitor|teilnehmer|nome e cognome|cognome e nome|cognome nome|nome cognome|nominativo|identite|nom du coureur`,
  gender: 'sexe|sx|genre|gender|sex|s|geschlecht|sesso|genere|h f|m f',
  category:
    'categorie|cat|category|age group|agegroup|ak|altersklasse|klasse|categoria|catcod|cat age|categorie age',
  club: `club|club equipe|equipe|team|teamname|team name|club name|squadra|societa|verein|association|societe|nom club|structure|
    strnom clu|strnomabr clu`,
  race: `course|epreuve|parcours|distance|competition|contest|race|race name|event|wettbewerb|strecke|lauf|gara|percorso|format|
    nom course|nom epreuve`,
  birth: `date de naissance|datenaissance|date naissance|naissance|ddn|date nai|dat nai|annee|annee naissance|annee de
    naissance|ne e le|ne le|birthdate|birth date|birthday|date of birth|dob|birth year|birthyear|year of birth|yob|year|
    geburtsdatum|geburtsjahr|jahrgang|jg|geb|data di nascita|data nascita|anno di nascita|anno nascita|anno`,
  photoConsent: `accord photo|accord photos|accord image|accord droit a l image|autorisation photo|autorisation photos|autorisation
    image|autorisation droit a l image|consentement photo|consentement image|droit a l image|droit image|photo consent|photos
    consent|consent photo|consent photos|photo release|image consent|image rights|photo permission|photo ok`,
  faceConsent: `accord visage|accord visages|accord reconnaissance faciale|autorisation visage|consentement visage|consentement
    reconnaissance faciale|reconnaissance faciale|face consent|consent face|facial recognition|face recognition|facial recognition
    consent|face recognition consent|biometric consent`,
  photoOptOut: `opt out photo|optout photo|opt out photos|opt out|optout|photo opt out|photos opt out|photo optout|refus photo|refus
    photos|refus image|refus droit a l image|refuse photo|refuse photos|opposition photo|opposition photos|opposition image|sans
    photo|pas de photo|pas de photos|no photo|no photos|photo refusal|photo objection`,
};

const FIELD_OF = new Map<string, StartListField>(
  Object.entries(SYNONYMS).flatMap(([field, names]) =>
    names
      .split('|')
      .map((name): [string, StartListField] => [name.replace(/\s+/gu, ' ').trim(), asField(field)]),
  ),
);

function asField(name: string): StartListField {
  // The keys of SYNONYMS are exactly the fields; Object.entries forgets it.
  return name as StartListField;
}

const HEADING_ROWS_LOOKED_AT = 10;

export interface RecognisedColumns {
  /** The row that holds the headings, null when the list starts with a runner. */
  headingIndex: number | null;
  headings: string[];
  mapping: ColumnMapping;
}

/** Finds the row of headings, under a title perhaps, and what each column holds. Hand-made choices come on top of it. */
export function recogniseColumns(rows: TableRow[]): RecognisedColumns {
  const width = Math.max(0, ...rows.slice(0, 50).map(({ cells }) => cells.length));
  const candidates = rows.slice(0, HEADING_ROWS_LOOKED_AT).map(({ cells }) => mapHeadings(cells));
  const headingIndex = candidates.findIndex((mapping) => mapping.includes('bib'));
  if (headingIndex >= 0) return describe(rows, headingIndex, candidates[headingIndex] ?? []);
  const someHeading = candidates.findIndex(
    (mapping) => mapping.filter((field) => field !== null).length >= 2,
  );
  if (someHeading >= 0) return describe(rows, someHeading, candidates[someHeading] ?? []);
  const startsWithRunner = rows[0]?.cells.some((cell) => /^\s*\d+\s*$/u.test(cell)) ?? false;
  if (!startsWithRunner) return describe(rows, 0, []);
  return {
    headingIndex: null,
    headings: Array.from({ length: width }, (_, index) => String(index + 1)),
    mapping: Array.from({ length: width }, () => null),
  };
}

function describe(rows: TableRow[], headingIndex: number, mapping: ColumnMapping): RecognisedColumns {
  const cells = rows[headingIndex]?.cells ?? [];
  return {
    headingIndex,
    headings: cells.map((cell, index) => cleanText(cell).slice(0, 60) || String(index + 1)),
    mapping: cells.map((_, index) => mapping[index] ?? null),
  };
}

function mapHeadings(cells: string[]): ColumnMapping {
  const names = cells.map((cell) => normaliseName(cell.replace(/°|º|#/gu, ' ')));
  const mapping: ColumnMapping = names.map((name) => FIELD_OF.get(name) ?? null);
  readItalianNome(names, mapping);
  keepFirstOfEach(mapping);
  // One column of names only: 'Nom' then holds the whole name.
  if (!mapping.includes('firstName') && !mapping.includes('fullName')) {
    const only = mapping.indexOf('lastName');
    if (only >= 0) mapping[only] = 'fullName';
  }
  return mapping;
}

/** 'Nome' beside 'cognome' is the first name; alone it is the whole name. */
function readItalianNome(names: string[], mapping: ColumnMapping): void {
  const nome = names.indexOf('nome');
  if (nome >= 0) mapping[nome] = names.includes('cognome') ? 'firstName' : 'fullName';
  const name = names.indexOf('name');
  // German lists have 'Name' beside 'Vorname', and English ones 'name' beside 'first name'.
  if (name >= 0 && mapping.includes('firstName') && !mapping.includes('lastName')) mapping[name] = 'lastName';
}

function keepFirstOfEach(mapping: ColumnMapping): void {
  const seen = new Set<StartListField>();
  for (const [index, field] of mapping.entries()) {
    if (field === null) continue;
    if (seen.has(field)) mapping[index] = null;
    seen.add(field);
  }
}
