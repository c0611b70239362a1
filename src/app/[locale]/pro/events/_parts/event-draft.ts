import type { EventDetails } from '#domain/events/get-own-event.ts';
import { printBibRanges, printLocalTime } from './event-fields.ts';

/** An event as its form shows it: texts only. */
export interface EventDraft {
  eventId: string | null;
  name: string;
  sport: string;
  startsAt: string;
  timeZone: string;
  place: string;
  description: string;
  access: string;
  accessCode: string;
  photoPrice: string;
  allPhotosPrice: string;
  processingMode: string;
  detectLabels: boolean;
  autoEdit: boolean;
  publishThreshold: number;
  coverPhotoId: string;
  races: RaceDraft[];
  checkpoints: PlaceDraft[];
  photoSpots: SpotDraft[];
}

export interface PlaceDraft {
  key: string;
  id: string;
  name: string;
  distance: string;
}

export interface SpotDraft extends PlaceDraft {
  /** Of the checkpoint that it counts from; '' counts from the start. */
  checkpointId: string;
  /** Metres after that checkpoint. */
  offset: string;
}

export interface RaceDraft extends PlaceDraft {
  startsAt: string;
  bibs: string;
  colour: string;
}

export function emptyDraft(): EventDraft {
  return {
    eventId: null,
    name: '',
    sport: 'trail',
    startsAt: '',
    timeZone: 'Europe/Paris',
    place: '',
    description: '',
    access: 'public',
    accessCode: '',
    photoPrice: '9',
    allPhotosPrice: '29',
    processingMode: 'lite',
    detectLabels: false,
    autoEdit: false,
    publishThreshold: 0.95,
    coverPhotoId: '',
    races: [],
    checkpoints: [],
    photoSpots: [],
  };
}

export function draftOf(event: EventDetails, locale: string): EventDraft {
  const amount = (cents: number) =>
    (cents / 100).toLocaleString(locale, {
      useGrouping: false,
      minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
    });
  const place = (
    part: { id: string; name: string; distanceMeters: number | null },
    index: number,
  ): PlaceDraft => ({
    key: `p${index}`,
    id: part.id,
    name: part.name,
    distance:
      part.distanceMeters === null
        ? ''
        : (part.distanceMeters / 1000).toLocaleString(locale, {
            useGrouping: false,
            maximumFractionDigits: 3,
          }),
  });
  return {
    eventId: event.id,
    name: event.name,
    sport: event.sport,
    startsAt: printLocalTime(event.startsAt, event.timeZone),
    timeZone: event.timeZone,
    place: event.place,
    description: event.description,
    access: event.access,
    accessCode: event.accessCode ?? '',
    photoPrice: amount(event.photoPriceCents),
    allPhotosPrice: amount(event.allPhotosPriceCents),
    processingMode: event.processingMode,
    detectLabels: event.detectLabels,
    autoEdit: event.autoEdit,
    publishThreshold: event.publishThreshold,
    coverPhotoId: event.coverPhotoId ?? '',
    races: event.races.map((race, index) => ({
      ...place(race, index),
      startsAt: printLocalTime(race.startsAt, event.timeZone),
      bibs: printBibRanges(race.bibRanges),
      colour: race.colour,
    })),
    checkpoints: event.checkpoints.map(place),
    photoSpots: event.photoSpots.map((spot, index) => ({
      ...place(spot, index),
      checkpointId: spot.checkpointId ?? '',
      offset: spot.offsetMeters === null ? '' : String(spot.offsetMeters),
    })),
  };
}
