import { and, eq, getTableColumns, inArray, isNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventRow } from '#domain/events/event.ts';
import { events } from '#domain/events/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import type { BibRead, PhotoAnalysis } from '#vision/findings.ts';
import { weighRead } from './attribution.ts';
import { publishBibs } from './publish-bibs.ts';
import { replaceFindings } from './replace-findings.ts';
import { replaceReads } from './replace-reads.ts';
import { attributions } from './tables.ts';

type NewAttribution = typeof attributions.$inferInsert;
type Entry = Pick<typeof startListEntries.$inferSelect, 'id' | 'bib'>;
interface PhotoPlace {
  eventId: string;
  publishThreshold: number;
  event: EventRow;
}

/** `facesIndexed` of them stand at a recogniser outside; here is nothing of them but their number. */
export type Analysis = PhotoAnalysis & { facesIndexed?: number };

/**
 * Replaces what machines say of a photo by one analysis; what people decided stays. `found` tells whether an attribution
 * is published, `more` whether the photo has a label or a face. Faces are kept only where the event's
 * gate is open at this instant. For the transaction that moves the photo; safe to run twice.
 */
export async function recordFindings(
  tx: Context,
  input: { photoId: string; analysis: Pick<Analysis, 'engine'> & Partial<Analysis> },
): Promise<{ found: boolean; more: boolean }> {
  const { photoId, analysis } = input;
  const place = await findPlace(tx, photoId);
  const more = await replaceFindings(tx, { photoId, event: place.event, analysis });
  return { found: await recordReads(tx, photoId, analysis), more };
}

/** Replaces a photo's reads and what machines make of them; true when a tag is published. */
export async function recordReads(
  tx: Context,
  photoId: string,
  analysis: Pick<PhotoAnalysis, 'engine' | 'bibs' | 'dropped'>,
): Promise<boolean> {
  const place = await findPlace(tx, photoId);
  await replaceReads(tx, photoId, analysis);
  // A piece of a number names nobody until a second clue completes it.
  const reads = (analysis.bibs ?? []).filter((read) => read.partial === undefined);
  const hasStartList = await eventHasStartList(tx, place.eventId);
  const bibs = [...new Set(reads.map((read) => read.bib))];
  const entries = hasStartList ? await findEntries(tx, place.eventId, bibs) : [];
  await tx.db
    .delete(attributions)
    .where(and(eq(attributions.photoId, photoId), isNull(attributions.decision)));
  const weighed = bibs.map((bib) => weighBib(tx, { photoId, place, bib, reads, entries, hasStartList }));
  if (weighed.length > 0) await tx.db.insert(attributions).values(weighed).onConflictDoNothing();
  await publishBibs(tx, [photoId]);
  const [shown] = await tx.db.select({ bibs: photos.bibs }).from(photos).where(eq(photos.id, photoId));
  return (shown?.bibs.length ?? 0) > 0;
}

async function findPlace(tx: Context, photoId: string): Promise<PhotoPlace> {
  const [event] = await tx.db
    .select(getTableColumns(events))
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(eq(photos.id, photoId));
  if (!event) throw new Error('findings for a photo that is not there');
  return { eventId: event.id, publishThreshold: event.publishThreshold, event };
}

async function eventHasStartList(tx: Context, eventId: string): Promise<boolean> {
  const [entry] = await tx.db
    .select({ id: startListEntries.id })
    .from(startListEntries)
    .where(eq(startListEntries.eventId, eventId))
    .limit(1);
  return entry !== undefined;
}

async function findEntries(tx: Context, eventId: string, bibs: string[]): Promise<Entry[]> {
  if (bibs.length === 0) return [];
  return tx.db
    .select({ id: startListEntries.id, bib: startListEntries.bib })
    .from(startListEntries)
    .where(and(eq(startListEntries.eventId, eventId), inArray(startListEntries.bib, bibs)));
}

interface WeighBibInput {
  photoId: string;
  place: PhotoPlace;
  bib: string;
  reads: BibRead[];
  entries: Entry[];
  hasStartList: boolean;
}

/** Of several reads of one bib, the one that says most counts: they are not independent. */
function weighBib(tx: Context, input: WeighBibInput): NewAttribution {
  const own = input.entries.filter((entry) => entry.bib === input.bib);
  const inStartList = input.hasStartList ? own.length > 0 : null;
  const sureConfidence = tx.config.aiOcrConfidenceThreshold / 100;
  const candidates = input.reads
    .filter((read) => read.bib === input.bib)
    .map((read) => ({ read, ...weighRead({ read, inStartList, sureConfidence }) }))
    .sort((a, b) => b.probability - a.probability);
  const [best] = candidates;
  if (!best) throw new Error('a bib without a read');
  return {
    id: tx.random.id(),
    photoId: input.photoId,
    eventId: input.place.eventId,
    bib: input.bib,
    // One bib in two races names no single runner.
    startListEntryId: own.length === 1 ? (own[0]?.id ?? null) : null,
    probability: best.probability,
    box: best.read.box,
    evidence: best.evidence,
    updatedAt: tx.clock.now(),
  };
}
