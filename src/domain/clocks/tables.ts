import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { organisations, users } from '../accounts/tables.ts';
import { events } from '../events/tables.ts';
import { photos } from '../photos/tables.ts';

/** A time that a camera spent at one place, by its own clock as the photos tell it. */
export interface CameraStay {
  /** Of a checkpoint or a photo spot. */
  placeId: string;
  /** ISO 8601 in UTC; null is open. */
  from: string | null;
  until: string | null;
  /** A person's word stays when the clock is solved anew. */
  source: 'solved' | 'hand';
}

/** How far a sure bib read is from the passage it was matched with. */
export interface ClockResidual {
  photoId: string;
  bib: string;
  /** What the camera said, ISO 8601 in UTC. */
  takenAt: string;
  residualMs: number;
  /** Whether the solution rests on it. */
  used: boolean;
}

/** What the reads and passages say of a clock, kept beside a person's word. */
export interface SolvedClock {
  offsetMs: number;
  driftPpm: number;
  /** ISO 8601 in UTC. */
  driftFrom: string;
  spreadMs: number;
  confidence: number;
}

/** The clock of one camera body in one event. True time = what it said + offset + drift since `driftFrom`. */
export const cameraClocks = pgTable(
  'camera_clocks',
  {
    id: uuid().primaryKey(),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** Whose photos they are: two photographers may own the same model. */
    organisationId: uuid()
      .notNull()
      .references(() => organisations.id),
    cameraKey: text().notNull(),
    /** Make and model, for people. */
    label: text().notNull(),
    /** Null while it is not known. A camera whose battery ran out is off by decades. */
    offsetMs: bigint({ mode: 'number' }),
    /** Parts per million; 0 unless a long day shows one. */
    driftPpm: doublePrecision().notNull().default(0),
    driftFrom: timestamp({ withTimezone: true, precision: 3 }),
    method: text({ enum: ['solved', 'hand', 'qr-clock', 'same-as'] }),
    /** The camera whose clock it follows, for `same-as`. */
    sameAsKey: text(),
    /** Probability 0..1 that the offset is right to half a second. */
    confidence: doublePrecision(),
    /** One deviation of the residuals, ms. */
    spreadMs: integer(),
    residuals: jsonb().$type<ClockResidual[]>().notNull().default([]),
    stays: jsonb().$type<CameraStay[]>().notNull().default([]),
    /** The last solution, whether or not it is the one in use. */
    solution: jsonb().$type<SolvedClock>(),
    /** Why there is none. */
    unsolved: text({ enum: ['too-few', 'no-agreement'] }),
    decidedBy: text().references(() => users.id, { onDelete: 'set null' }),
    solvedAt: timestamp({ withTimezone: true }),
    updatedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [unique('camera_clocks_event_camera').on(table.eventId, table.cameraKey)],
);

/** A photo of the clock page: what it showed, against what the camera said. */
export const clockShots = pgTable(
  'clock_shots',
  {
    photoId: uuid()
      .primaryKey()
      .references(() => photos.id, { onDelete: 'cascade' }),
    eventId: uuid()
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    cameraKey: text().notNull(),
    takenAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    shownAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [index().on(table.eventId, table.cameraKey)],
);
