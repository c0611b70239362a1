import type { GalleryPhoto, LeadPhoto } from '#domain/photos/photo.ts';
import { clockParts, formatClock } from './format-time.ts';

/** A gallery photo as it travels to the browser. */
export interface PhotoCard {
  id: string;
  widthPx: number;
  heightPx: number;
  /** Average colour, as #rrggbb. */
  tone: string;
  /** ISO 8601, null when the camera did not say. */
  takenAt: string | null;
  bibs: string[];
  thumbnailUrl: string;
  /** Ids of the other frames of its stack; absent for a photo that stands alone. */
  others?: string[];
}

/** The words an alternative text is made of, in the reader's language. */
export interface PhotoWords {
  locale: string;
  timeZone: string;
  photo: string;
  bib: string;
  bibs: string;
}

/** "5 photos", "of one moment". */
export interface FramesWords {
  frames: string;
  ofMoment: string;
}

export function toPhotoCard(photo: GalleryPhoto & Partial<Pick<LeadPhoto, 'others'>>): PhotoCard {
  return {
    id: photo.id,
    widthPx: photo.widthPx,
    heightPx: photo.heightPx,
    tone: photo.tone,
    takenAt: photo.takenAt ? new Date(photo.takenAt).toISOString() : null,
    bibs: photo.bibs,
    thumbnailUrl: photo.thumbnailUrl,
    ...(photo.others && photo.others.length > 0 && { others: photo.others }),
  };
}

/** "Photo 14, dossard 123, 10 h 42": what can be said of a photo without looking at it. */
export function describePhoto(
  photo: Pick<PhotoCard, 'bibs' | 'takenAt'>,
  number: number | null,
  words: PhotoWords,
): string {
  const parts = [number === null ? words.photo : `${words.photo} ${number}`];
  if (photo.bibs.length > 0) {
    parts.push(`${photo.bibs.length > 1 ? words.bibs : words.bib} ${sortBibs(photo.bibs).join(', ')}`);
  }
  if (photo.takenAt) parts.push(formatClock(new Date(photo.takenAt), words));
  return parts.join(', ');
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** As people count: 3, 57, 130. */
export function sortBibs(bibs: readonly string[]): string[] {
  return bibs.toSorted(byNumber.compare);
}

export interface Moment<Photo> {
  /** Hour of the day where the race is run, null for photos without an hour. */
  hour: number | null;
  photos: Photo[];
  /** How many photos come before. */
  offset: number;
}

/** Photos in their order, cut where the hour changes. */
export function groupByHour<Photo extends Pick<PhotoCard, 'takenAt'>>(
  photos: readonly Photo[],
  timeZone: string,
): Moment<Photo>[] {
  const moments: Moment<Photo>[] = [];
  photos.forEach((photo, index) => {
    const hour = photo.takenAt ? clockParts(new Date(photo.takenAt), timeZone).hour : null;
    const last = moments.at(-1);
    if (last && last.hour === hour) last.photos.push(photo);
    else moments.push({ hour, photos: [photo], offset: index });
  });
  return moments;
}
