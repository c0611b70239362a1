import { textOf } from '#app/_web/form.ts';
import type { BibRange, EventInput } from '#domain/events/event.ts';
import { instantOfLocalTime, localTimeOf } from '#domain/events/local-time.ts';

/** "1-999, A1-A50" → ranges; null when a piece is neither a bib nor a range. */
export function readBibRanges(text: string): BibRange[] | null {
  const ranges: BibRange[] = [];
  for (const piece of text.split(/[,;\n]/u)) {
    if (piece.trim() === '') continue;
    const found = /^([A-Z]{0,4})\s*(\d{1,7})(?:\s*[-–—]\s*([A-Z]{0,4})\s*(\d{1,7}))?$/u.exec(
      piece.trim().toUpperCase(),
    );
    if (!found) return null;
    const [, prefix = '', first = '', lastPrefix = '', last] = found;
    if (lastPrefix !== '' && lastPrefix !== prefix) return null;
    ranges.push({ prefix, first: Number(first), last: Number(last ?? first) });
  }
  return ranges;
}

export function printBibRanges(ranges: BibRange[]): string {
  return ranges
    .map(({ prefix, first, last }) =>
      first === last ? `${prefix}${first}` : `${prefix}${first}-${prefix}${last}`,
    )
    .join(', ');
}

/** "21,1" kilometres → 21100 metres; null for nothing, NaN for what is no number. */
export function readKilometres(text: string): number | null {
  if (text.trim() === '') return null;
  return Math.round(Number(text.trim().replace(',', '.')) * 1000);
}

/** "−30" → -30 metres; null for nothing, NaN for what is no number. */
export function readMetres(text: string): number | null {
  const plain = text.trim().replace(/^[−–]/u, '-');
  return plain === '' ? null : Math.round(Number(plain.replace(',', '.')));
}

/** "9,50" → 950 cents; NaN for what is no amount with at most two decimals. */
export function readCents(text: string): number {
  const found = /^(\d{1,6})(?:[.,](\d{1,2}))?$/u.exec(text.replace(/[\s€]/gu, ''));
  if (!found) return Number.NaN;
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
}

/** "2026-06-21T06:00" on the clocks of a zone → the instant; null for nothing or nonsense. Of an hour that comes
 *  twice when clocks go back, the first; an hour that is left out counts as the one after it. */
export function readLocalTime(text: string, timeZone: string): Date | null {
  return isTimeZone(timeZone) ? instantOfLocalTime(`${text.slice(0, 16)}:00`, timeZone) : null;
}

/** The instant as an input of type datetime-local shows it in a zone; '' for none. */
export function printLocalTime(instant: Date | null, timeZone: string): string {
  if (!instant) return '';
  return localTimeOf(instant, timeZone).slice(0, 16);
}

function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}

export interface ReadEventForm {
  input: EventInput;
  /** Where a field of the input stands in the form: 'races.0.name' → 'race.k3.name'. */
  fieldName(path: string): string;
  /** Fields that cannot even be read, by their name in the form: a key of errors.json. */
  unreadable: Record<string, string>;
}

/** The event in a sent form. Rows are named by a key that stays when another row is taken away: race.<key>.name. */
export function readEventForm(form: FormData): ReadEventForm {
  const text = (name: string) => textOf(form, name);
  const timeZone = text('timeZone');
  const unreadable: Record<string, string> = {};
  const rows = {
    races: rowKeys(form, 'race'),
    checkpoints: rowKeys(form, 'checkpoint'),
    photoSpots: rowKeys(form, 'spot'),
  };
  const place = (prefix: string) => ({
    id: text(`${prefix}.id`) || undefined,
    name: text(`${prefix}.name`),
    distanceMeters: readKilometres(text(`${prefix}.distance`)),
  });
  const races = rows.races.map((key) => {
    const prefix = `race.${key}`;
    const bibRanges = readBibRanges(text(`${prefix}.bibs`));
    if (bibRanges === null) unreadable[`${prefix}.bibs`] = 'events.bibRangesUnreadable';
    const startsAt = readLocalTime(text(`${prefix}.startsAt`), timeZone);
    return { ...place(prefix), startsAt, bibRanges: bibRanges ?? [], colour: text(`${prefix}.colour`) };
  });
  const startsAt = readLocalTime(text('startsAt'), timeZone);
  if (!startsAt) unreadable.startsAt = 'events.dateRequired';
  const input = {
    name: text('name'),
    // The schema refuses a word that is no sport of the list.
    sport: text('sport') as EventInput['sport'],
    startsAt: startsAt ?? new Date(0),
    timeZone,
    place: text('place'),
    description: text('description'),
    access: text('access') === 'unlisted' ? ('unlisted' as const) : ('public' as const),
    accessCode: text('accessCode').trim() || null,
    processingMode: text('processingMode') === 'premium' ? ('premium' as const) : ('lite' as const),
    detectLabels: text('detectLabels') === 'on',
    autoEdit: text('autoEdit') === 'on',
    photoPriceCents: readCents(text('photoPrice')),
    allPhotosPriceCents: readCents(text('allPhotosPrice')),
    races,
    checkpoints: rows.checkpoints.map((key) => place(`checkpoint.${key}`)),
    photoSpots: rows.photoSpots.map((key) => ({
      ...place(`spot.${key}`),
      checkpointId: text(`spot.${key}.from`) || null,
      offsetMeters: readMetres(text(`spot.${key}.offset`)),
    })),
  };
  return { input, unreadable, fieldName: (path) => fieldName(path, rows) };
}

/** The keys of a kind of row, in the order of the page. */
function rowKeys(form: FormData, kind: string): string[] {
  const keys = [...form.keys()].flatMap(
    (name) => new RegExp(`^${kind}\\.(\\w+)\\.name$`, 'u').exec(name)?.[1] ?? [],
  );
  return [...new Set(keys)];
}

const NAMES: Record<string, string> = {
  photoPriceCents: 'photoPrice',
  allPhotosPriceCents: 'allPhotosPrice',
  distanceMeters: 'distance',
  bibRanges: 'bibs',
  checkpointId: 'from',
  offsetMeters: 'offset',
};

function fieldName(path: string, rows: Record<'races' | 'checkpoints' | 'photoSpots', string[]>): string {
  const [list = '', index = '', field = ''] = path.split('.');
  const kind = { races: 'race', checkpoints: 'checkpoint', photoSpots: 'spot' }[list];
  const key =
    list === 'races' || list === 'checkpoints' || list === 'photoSpots'
      ? rows[list][Number(index)]
      : undefined;
  if (!kind || key === undefined) return NAMES[path] ?? path;
  return `${kind}.${key}.${NAMES[field] ?? field}`;
}
