import { z } from 'zod';
import type { BibRange, events } from './tables.ts';

export type EventRow = typeof events.$inferSelect;
export type EventStatus = EventRow['status'];
export type { BibRange };

/** From where each change of state may start. */
export const EVENT_TRANSITIONS = {
  publish: { from: ['draft'], to: 'published' },
  unpublish: { from: ['published'], to: 'draft' },
  archive: { from: ['draft', 'published'], to: 'archived' },
  restore: { from: ['archived'], to: 'draft' },
} as const satisfies Record<string, { from: readonly EventStatus[]; to: EventStatus }>;

export type EventTransition = keyof typeof EVENT_TRANSITIONS;

export function canTransition(status: EventStatus, transition: EventTransition): boolean {
  return EVENT_TRANSITIONS[transition].from.some((from) => from === status);
}

export const SPORTS = [
  'running',
  'trail',
  'triathlon',
  'cycling',
  'mountain-biking',
  'swimming',
  'obstacle',
  'cross-country',
  'skiing',
  'other',
] as const;

/** Stripe's smallest charge in euros is 50 cents; the upper bound catches a slipped decimal point. */
export const PRICE_MIN_CENTS = 50;
export const PRICE_MAX_CENTS = 50_000;

/** Of the code of a closed event: short enough to be typed from a poster. */
const ACCESS_CODE_LENGTH = { least: 4, most: 40 };

export const MAX_RACES = 30;
export const MAX_SPOTS = 60;
/** Further from a checkpoint, the distance from the start says it better. */
const MOST_OFFSET_METERS = 5000;

const bibRangeSchema = z
  .object({
    prefix: z.string().trim().max(4, 'events.bibPrefixTooLong'),
    first: z.number().int().min(0).max(9_999_999),
    last: z.number().int().min(0).max(9_999_999),
  })
  .refine((range) => range.first <= range.last, 'events.bibRangeOrder');

const distanceSchema = z
  .number()
  .int()
  .min(1, 'events.distanceBounds')
  .max(1_000_000, 'events.distanceBounds')
  .nullable();

export const raceSchema = z.object({
  /** Of an existing race of this event; absent for a new one. */
  id: z.uuid().optional(),
  name: z.string().trim().min(1, 'events.raceNameRequired').max(80, 'events.nameTooLong'),
  distanceMeters: distanceSchema,
  startsAt: z.date().nullable(),
  bibRanges: z.array(bibRangeSchema).max(20, 'events.tooManyBibRanges'),
  colour: z.string().regex(/^#[0-9a-f]{6}$/iu, 'events.colourInvalid'),
});

const placeSchema = z.object({
  id: z.uuid().optional(),
  name: z.string().trim().min(1, 'events.placeNameRequired').max(80, 'events.nameTooLong'),
  /** The start is at 0. */
  distanceMeters: z.union([z.literal(0), distanceSchema], 'events.distanceBounds'),
});

/** A spot counts from the start, or from a checkpoint by its id in the same input. */
const spotSchema = placeSchema
  .extend({
    checkpointId: z.uuid().nullable().default(null),
    /** After the checkpoint; below 0 before it. */
    offsetMeters: z
      .number()
      .int()
      .min(-MOST_OFFSET_METERS, 'events.offsetBounds')
      .max(MOST_OFFSET_METERS, 'events.offsetBounds')
      .nullable()
      .default(null),
  })
  .transform((spot) =>
    spot.checkpointId === null
      ? { ...spot, offsetMeters: null }
      : { ...spot, distanceMeters: null, offsetMeters: spot.offsetMeters ?? 0 },
  );

const priceSchema = z
  .number({ error: 'events.priceBounds' })
  .int('events.priceBounds')
  .min(PRICE_MIN_CENTS, 'events.priceBounds')
  .max(PRICE_MAX_CENTS, 'events.priceBounds');

const knownTimeZones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC']);

export function listTimeZones(): string[] {
  return [...knownTimeZones];
}

export const eventSchema = z
  .object({
    name: z.string().trim().min(2, 'events.nameRequired').max(120, 'events.nameTooLong'),
    sport: z.enum(SPORTS, 'events.sportRequired'),
    startsAt: z.date({ error: 'events.dateRequired' }),
    timeZone: z.string().refine((zone) => knownTimeZones.has(zone), 'events.timeZoneUnknown'),
    place: z.string().trim().min(1, 'events.placeRequired').max(160, 'events.nameTooLong'),
    description: z.string().trim().max(5000, 'events.descriptionTooLong').default(''),
    access: z.enum(['public', 'unlisted']).default('public'),
    /** Null opens the event to everybody; absent, it stays as it is. */
    accessCode: z
      .string()
      .trim()
      .min(ACCESS_CODE_LENGTH.least, 'events.accessCodeLength')
      .max(ACCESS_CODE_LENGTH.most, 'events.accessCodeLength')
      .nullable()
      .optional(),
    processingMode: z.enum(['lite', 'premium']).default('lite'),
    detectLabels: z.boolean().default(false),
    autoEdit: z.boolean().default(false),
    photoPriceCents: priceSchema,
    allPhotosPriceCents: priceSchema,
    races: z.array(raceSchema).max(MAX_RACES, 'events.tooManyRaces').default([]),
    checkpoints: z.array(placeSchema).max(MAX_SPOTS, 'events.tooManyPlaces').default([]),
    photoSpots: z.array(spotSchema).max(MAX_SPOTS, 'events.tooManyPlaces').default([]),
  })
  .refine((event) => event.allPhotosPriceCents >= event.photoPriceCents, {
    path: ['allPhotosPriceCents'],
    message: 'events.allPhotosPriceTooLow',
  })
  .refine((event) => event.processingMode === 'lite' || event.detectLabels, {
    path: ['detectLabels'],
    message: 'events.premiumWithoutLabels',
  })
  .refine((event) => event.processingMode === 'premium' || !event.detectLabels, {
    path: ['detectLabels'],
    message: 'events.labelsNeedPremium',
  })
  .superRefine((event, check) => {
    const names = new Set<string>();
    for (const [position, race] of event.races.entries()) {
      const name = race.name.toLowerCase();
      if (names.has(name)) {
        check.addIssue({
          code: 'custom',
          path: ['races', position, 'name'],
          message: 'events.raceNameTwice',
        });
      }
      names.add(name);
    }
    for (const [position, { checkpointId }] of event.photoSpots.entries()) {
      if (checkpointId !== null && !event.checkpoints.some(({ id }) => id === checkpointId)) {
        const path = ['photoSpots', position, 'checkpointId'];
        check.addIssue({ code: 'custom', path, message: 'events.spotWithoutCheckpoint' });
      }
    }
  });

export type EventInput = z.input<typeof eventSchema>;
export type ParsedEvent = z.output<typeof eventSchema>;
export type ParsedRace = ParsedEvent['races'][number];

export interface Race {
  id: string;
  name: string;
  distanceMeters: number | null;
  startsAt: Date | null;
  colour: string;
  bibRanges: BibRange[];
}

export interface EventPlace {
  id: string;
  name: string;
  distanceMeters: number | null;
}

export interface PhotoSpot extends EventPlace {
  /** Counts from there instead of from the start. */
  checkpointId: string | null;
  offsetMeters: number | null;
}

/** 'Les Crêtes de Vaubrun', 2026 → 'les-cretes-de-vaubrun-2026'; the year in the event's own zone. */
export function slugFor(name: string, startsAt: Date, timeZone: string): string {
  const year = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone }).format(startsAt);
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/giu, 'oe')
    .replace(/æ/giu, 'ae')
    .replace(/ß/gu, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, 70)
    .replace(/^-+|-+$/gu, '');
  if (words === '') return `event-${year}`;
  return words.endsWith(year) ? words : `${words}-${year}`;
}

/** Apart for eyes that confuse red and green too; dark enough to carry white digits. */
const RACE_COLOURS = [
  '#b3261e',
  '#1f5fbf',
  '#1b7f5c',
  '#8a5200',
  '#6a3fb5',
  '#0f7285',
  '#a3286b',
  '#4d5b12',
] as const;

/** The first colour that no race of the event has yet. */
export function nextColour(taken: string[]): string {
  return (
    RACE_COLOURS.find((colour) => !taken.includes(colour)) ??
    RACE_COLOURS[taken.length % RACE_COLOURS.length] ??
    '#55565a'
  );
}
