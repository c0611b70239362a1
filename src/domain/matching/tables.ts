import {
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  BibRead,
  BoxNorm,
  Clothing,
  EditPlan,
  FaceQuality,
  LabelName,
  PersonFinding,
  Plate,
  Quality,
  ReadSigns,
  SmartCrops,
} from '#vision/findings.ts';
import { bytes } from '../../platform/db/bytes.ts';
import { users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';
import { startListEntries } from '../timing/tables.ts';
import type { Evidence } from '../weighing/scene.ts';
import type { ColourName } from './colour-names.ts';

export type { BoxNorm };

/** What the engine saw on a photo, kept and dropped alike. Replaced as a whole by (photo, engine version). */
export const bibReads = pgTable(
  'bib_reads',
  {
    id: uuid().primaryKey(),
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    engineVersion: text().notNull(),
    bib: text().notNull(),
    /** The raw characters before normalising. */
    text: text().notNull(),
    confidence: doublePrecision().notNull(),
    box: jsonb().$type<BoxNorm>().notNull(),
    tiltDegrees: doublePrecision().notNull(),
    kind: text({ enum: ['sure', 'guess', 'dropped'] }).notNull(),
    /** Why it was dropped or doubted: a key of messages `matching.reason`. */
    reason: text(),
    /** Which digits of a number that goes on out of sight: such a read is never published. */
    partial: text({ enum: ['first', 'last', 'middle'] }),
    alternatives: jsonb().$type<NonNullable<BibRead['alternatives']>>(),
    /** What the pixels alone said, where a list or ranges changed it. */
    plain: jsonb().$type<NonNullable<BibRead['plain']>>(),
    signs: jsonb().$type<ReadSigns>(),
    plate: jsonb().$type<Plate>(),
    /** By `packDigits`, to decode again against a list; null when the engine gave none. */
    digitProbabilities: bytes(),
  },
  (table) => [index().on(table.photoId)],
);

/** What the engine says of a photo beyond its bibs, by its last reading. Parts that were not asked for are null. */
export const photoFindings = pgTable('photo_findings', {
  photoId: uuid()
    .primaryKey()
    .references(() => photos.id, { onDelete: 'cascade' }),
  engineVersion: text().notNull(),
  quality: jsonb().$type<Quality>(),
  persons: jsonb().$type<PersonFinding[]>(),
  crops: jsonb().$type<SmartCrops>(),
  /** What would improve it, a proposal. */
  edit: jsonb().$type<EditPlan>(),
  cpuMs: integer().notNull(),
});

/** Labels are on the photo, never on a person. */
export const photoLabels = pgTable(
  'photo_labels',
  {
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    name: text().$type<LabelName>().notNull(),
    confidence: doublePrecision().notNull(),
  },
  (table) => [primaryKey({ columns: [table.photoId, table.name] }), index().on(table.eventId, table.name)],
);

/** Biometric. Written only where `mayComputeFaces` says so, and gone with its photo or event. */
export const photoFaces = pgTable(
  'photo_faces',
  {
    id: uuid().primaryKey(),
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    engineVersion: text().notNull(),
    box: jsonb().$type<BoxNorm>().notNull(),
    confidence: doublePrecision().notNull(),
    /** 128 little-endian float32. */
    descriptor: bytes().notNull(),
    quality: jsonb().$type<FaceQuality>().notNull(),
    /** The bib read on the same body. */
    bib: text(),
    computedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.photoId), index().on(table.eventId)],
);

/** One per photo and bib: how probable it is that this runner is on it. A person's word is never overwritten by a run. */
export const attributions = pgTable(
  'attributions',
  {
    id: uuid().primaryKey(),
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    bib: text().notNull(),
    startListEntryId: uuid().references(() => startListEntries.id, { onDelete: 'set null' }),
    probability: doublePrecision().notNull(),
    box: jsonb().$type<BoxNorm>(),
    evidence: jsonb().$type<Evidence[]>().notNull(),
    /** What a person said; null while only machines did. */
    decision: text({ enum: ['confirmed', 'rejected'] }),
    decidedBy: text().references(() => users.id, { onDelete: 'set null' }),
    decidedAt: timestamp({ withTimezone: true }),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    uniqueIndex('attributions_photo_bib').on(table.photoId, table.bib),
    index('attributions_event_bib').on(table.eventId, table.bib, table.probability),
  ],
);

/** What people said of tags, each word of theirs: what stands now is on the attribution. */
export const tagDecisions = pgTable(
  'tag_decisions',
  {
    id: uuid().primaryKey(),
    /** One act of a person, such as a whole burst: it is undone as one. */
    actId: uuid().notNull(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    bib: text().notNull(),
    decision: text({ enum: ['confirmed', 'rejected'] }).notNull(),
    /** What stood before, to go back to. */
    before: text({ enum: ['confirmed', 'rejected'] }),
    decidedBy: text().references(() => users.id, { onDelete: 'set null' }),
    decidedAt: timestamp({ withTimezone: true }).notNull(),
    undoneAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index().on(table.actId),
    index().on(table.photoId),
    index().on(table.eventId, table.decidedBy, table.decidedAt),
  ],
);

/** Photos of which a person said that nobody else on them can be named: triage asks no more. */
export const settledPhotos = pgTable(
  'settled_photos',
  {
    photoId: uuid()
      .primaryKey()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    actId: uuid().notNull(),
    settledBy: text().references(() => users.id, { onDelete: 'set null' }),
    settledAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.actId), index().on(table.eventId, table.settledBy, table.settledAt)],
);

/** Ready photos whose evidence changed since they were weighed. */
export const photosToWeigh = pgTable(
  'photos_to_weigh',
  {
    photoId: uuid()
      .primaryKey()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    askedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().on(table.eventId, table.askedAt)],
);

/** How far an event's clues hold, learnt from its own sure reads, each 0..1. Kept, so that a photo is weighed to the same
 *  whenever it is weighed. */
export const eventTrust = pgTable('event_trust', {
  eventId: uuid()
    .primaryKey()
    .references(() => events.id, { onDelete: 'cascade' }),
  timing: doublePrecision().notNull(),
  neighbour: doublePrecision().notNull(),
  clothing: doublePrecision().notNull(),
  /** How many ready photos the event had then. */
  learntFrom: integer().notNull(),
  learntAt: timestamp({ withTimezone: true }).notNull(),
});

/** What a runner wore where the bib was sure. Gone `CLOTHING_DAYS` after it was seen. */
export const clothingSightings = pgTable(
  'clothing_sightings',
  {
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    bib: text().notNull(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    clothing: jsonb().$type<Clothing>().notNull(),
    /** When the photo came in. */
    seenAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.photoId, table.bib] }), index().on(table.eventId, table.bib)],
);

/** The colours that people on a photo wear, by name, to browse photos by. Gone as soon as other clothing is. */
export const photoColours = pgTable(
  'photo_colours',
  {
    photoId: uuid()
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    colour: text().$type<ColourName>().notNull(),
    seenAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.photoId, table.colour] }),
    index().on(table.eventId, table.colour),
    index().on(table.seenAt),
  ],
);
