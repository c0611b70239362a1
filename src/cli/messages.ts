import { terminalLocale } from '#platform/config.ts';
import type { LabelName, PhotoFailureReason } from '#vision/findings.ts';
import { UsageError } from './command.ts';

const fr = {
  missingFolder: (folder: string) => `Le dossier « ${folder} » n'existe pas, ou ce n'est pas un dossier.`,
  noFolder: "Indiquez un dossier de photos. L'aide : --help",
  noPhotos: (folder: string) => `Aucune photo dans « ${folder} » (JPEG, PNG ou WebP).`,
  oneFolder: 'Un seul dossier à la fois.',
  outIsSource:
    'Le dossier de sortie contient les originaux : choisissez-en un autre, rien ne doit les remplacer.',
  outUnwritable: (folder: string) => `Impossible d'écrire dans « ${folder} ».`,
  keywordsNeedOut: '--keywords écrit dans les copies : ajoutez --out <dossier>.',
  startListUnreadable: (path: string) => `La liste de départ « ${path} » ne peut pas être lue.`,
  startListWithoutBibs: (path: string) => `Aucune colonne de dossards dans « ${path} ».`,
  startListLoaded: (count: number) => `Liste de départ : ${count} dossards.`,
  noTruth: (path: string) => `« ${path} » manque ou n'est pas lisible : evaluate compare avec ce fichier.`,
  progress: 'Photos {bar} {value}/{total} · reste {eta_formatted}',
  columns: ['Photo', 'Dossards', 'À vérifier', 'Qualité', 'Prise de vue'],
  blurry: 'floue',
  summary: (figures: Summary) =>
    `${count(figures.photos, 'photo')} : ${figures.withBib} avec un dossard (${figures.bibs} dossards différents), ` +
    `${figures.withoutBib} sans, ${figures.blurry} floues, ${figures.unreadable} illisibles, en ${figures.seconds} s.`,
  written: (folder: string) => `Résultats : ${folder} (index.html, photos.csv, photos.jsonl)`,
  nothingRead: "Aucune photo n'a pu être lue.",
  keywordsSkipped: (count: number) =>
    `${count} copies sans mots-clés : ils ne s'écrivent que dans les JPEG entiers.`,
  facesNotice:
    "--faces compare des visages : ce sont des données biométriques. Ne l'utilisez qu'avec l'accord des personnes. Aucune empreinte n'est écrite.",
  editedFolder: 'corrigees',
  edited: (count: number) =>
    `${count} photo${count > 1 ? 's' : ''} corrigée${count > 1 ? 's' : ''}, en copie : les originaux ne changent pas.`,
  editedPhoto: 'corrigée',
  person: (number: number) => `personne ${number}`,
  stack: (number: number) => `instant ${number}`,
  best: 'la meilleure',
  parts: { sharpness: 'netteté', exposure: 'exposition', horizon: 'horizon' },
  labels: {
    person: 'personne',
    group: 'groupe',
    crowd: 'foule',
    bicycle: 'vélo',
    finish: 'arrivée',
    podium: 'podium',
    smile: 'sourire',
    portrait: 'en hauteur',
    landscape: 'en largeur',
  } satisfies Record<LabelName, string>,
  withoutBibFolder: 'sans-dossard',
  reviewFolder: 'a-verifier',
  sheetTitle: 'Planche contact',
  sheetSearch: 'Chercher un dossard ou un fichier',
  failuresTitle: 'Lectures manquées et fausses alertes',
  editsTitle: 'Retouches, avant et après',
  missed: 'manqué',
  falseAlarm: 'fausse alerte',
  seen: 'vu',
  reasons: {
    empty: 'fichier vide',
    'not-an-image': "ce n'est pas une image",
    'unsupported-format': 'format non pris en charge (JPEG, PNG ou WebP)',
    'too-many-pixels': 'plus de 120 mégapixels',
    truncated: 'fichier coupé',
    corrupt: 'fichier abîmé',
    crashed: 'la lecture a échoué',
    'timed-out': 'la lecture a duré trop longtemps',
    'out-of-memory': 'la lecture demande trop de mémoire',
    closed: 'lecture interrompue',
  } satisfies Record<PhotoFailureReason, string>,
};

export type Messages = typeof fr;

export interface Summary {
  photos: number;
  withBib: number;
  withoutBib: number;
  bibs: number;
  blurry: number;
  unreadable: number;
  seconds: number;
}

const en: Messages = {
  missingFolder: (folder) => `The folder "${folder}" does not exist, or is not a folder.`,
  noFolder: 'Name a folder of photos. Help: --help',
  noPhotos: (folder) => `No photo in "${folder}" (JPEG, PNG or WebP).`,
  oneFolder: 'One folder at a time.',
  outIsSource: 'The output folder holds the originals: choose another, nothing may replace them.',
  outUnwritable: (folder) => `Cannot write into "${folder}".`,
  keywordsNeedOut: '--keywords writes into copies: add --out <folder>.',
  startListUnreadable: (path) => `The start list "${path}" cannot be read.`,
  startListWithoutBibs: (path) => `No column of bibs in "${path}".`,
  startListLoaded: (count) => `Start list: ${count} bibs.`,
  noTruth: (path) => `"${path}" is missing or unreadable: evaluate compares with this file.`,
  progress: 'Photos {bar} {value}/{total} · {eta_formatted} left',
  columns: ['Photo', 'Bibs', 'To check', 'Quality', 'Taken'],
  blurry: 'blurry',
  summary: (figures) =>
    `${count(figures.photos, 'photo')}: ${figures.withBib} with a bib (${figures.bibs} different bibs), ` +
    `${figures.withoutBib} without, ${figures.blurry} blurry, ${figures.unreadable} unreadable, in ${figures.seconds} s.`,
  written: (folder) => `Results: ${folder} (index.html, photos.csv, photos.jsonl)`,
  nothingRead: 'No photo could be read.',
  keywordsSkipped: (count) =>
    `${count} copies without keywords: they are written into whole JPEG files only.`,
  facesNotice:
    '--faces compares faces: these are biometric data. Use it only with the consent of the people. No descriptor is written.',
  editedFolder: 'edited',
  edited: (count) => `${count} photo${count > 1 ? 's' : ''} corrected, as copies: originals do not change.`,
  editedPhoto: 'corrected',
  person: (number) => `person ${number}`,
  stack: (number) => `moment ${number}`,
  best: 'the best',
  parts: { sharpness: 'sharpness', exposure: 'exposure', horizon: 'horizon' },
  labels: {
    person: 'person',
    group: 'group',
    crowd: 'crowd',
    bicycle: 'bicycle',
    finish: 'finish',
    podium: 'podium',
    smile: 'smile',
    portrait: 'upright',
    landscape: 'wide',
  },
  withoutBibFolder: 'no-bib',
  reviewFolder: 'to-check',
  sheetTitle: 'Contact sheet',
  sheetSearch: 'Find a bib or a file',
  failuresTitle: 'Missed reads and false alarms',
  editsTitle: 'Edits, before and after',
  missed: 'missed',
  falseAlarm: 'false alarm',
  seen: 'seen',
  reasons: {
    empty: 'empty file',
    'not-an-image': 'not an image',
    'unsupported-format': 'unsupported format (JPEG, PNG or WebP)',
    'too-many-pixels': 'more than 120 megapixels',
    truncated: 'truncated file',
    corrupt: 'damaged file',
    crashed: 'reading failed',
    'timed-out': 'reading took too long',
    'out-of-memory': 'reading needs too much memory',
    closed: 'reading was interrupted',
  },
};

function count(number: number, noun: string): string {
  return `${number} ${noun}${number > 1 ? 's' : ''}`;
}

export function messagesFor(language: string | undefined): Messages {
  const chosen = language ?? terminalLocale();
  if (chosen !== 'fr' && chosen !== 'en') throw new UsageError('--lang fr | en');
  return chosen === 'en' ? en : fr;
}
