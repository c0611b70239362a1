import { and, asc, desc, eq, gte, inArray, isNotNull, ne, or } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventRow } from '#domain/events/event.ts';
import { LEAST_MAYBE_PROBABILITY } from '#domain/matching/attribution.ts';
import { findBursts } from '#domain/matching/find-bursts.ts';
import { readPhotoMarks } from '#domain/matching/photo-marks.ts';
import { attributions, bibReads, photoFindings } from '#domain/matching/tables.ts';
import { comparisonUrls, renditionUrl } from '#domain/photos/photo.ts';
import { photos } from '#domain/photos/tables.ts';
import { selectRunners } from '#domain/timing/select-runners.ts';
import { startListEntries } from '#domain/timing/tables.ts';
import { findRivals } from './rivals.ts';
import type { TriageFrame, TriagePhoto, TriageRunner, TriageTag } from './triage-photo.ts';

/** What is less probable is no help. */
const LEAST_PROBABILITY = 0.02;
const MOST_TAGS = 9;
/** The nearest in time; a finish line makes bursts of hundreds. */
const MOST_FRAMES = 24;

type Tag = typeof attributions.$inferSelect;
type Photo = typeof photos.$inferSelect;

/** The photos of an event in the order asked for, those without renditions left out, with all that helps to decide. */
export async function describePhotos(
  ctx: Context,
  event: EventRow,
  photoIds: readonly string[],
): Promise<TriagePhoto[]> {
  if (photoIds.length === 0) return [];
  const found = await ctx.db
    .select()
    .from(photos)
    .where(
      and(eq(photos.eventId, event.id), inArray(photos.id, [...photoIds]), isNotNull(photos.preparedAt)),
    );
  const ids = found.map(({ id }) => id);
  const tags = Map.groupBy(await readTags(ctx, ids), ({ photoId }) => photoId);
  const runners = await readRunners(ctx, event.id, [...tags.values()].flat());
  const [seen, bursts, marks] = [
    await readSeen(ctx, ids),
    await readBursts(ctx, event.id, ids),
    await readPhotoMarks(ctx, ids),
  ];
  const byId = new Map(found.map((photo) => [photo.id, photo]));
  return photoIds.flatMap((photoId) => {
    const photo = byId.get(photoId);
    if (!photo) return [];
    const own = toTags(tags.get(photoId) ?? [], event.publishThreshold, runners);
    const around = { reads: seen.reads.get(photoId) ?? [], persons: seen.persons.get(photoId) ?? [] };
    return [
      {
        ...toPhoto(photo),
        tags: own,
        ...around,
        burst: bursts.get(photoId) ?? [],
        mark: marks[photoId] ?? '',
      },
    ];
  });
}

function toPhoto(photo: Photo): Omit<TriagePhoto, 'tags' | 'reads' | 'persons' | 'burst' | 'mark'> {
  const { id, fileName, takenAt, shownVersion } = photo;
  const plain = photo.edited
    ? comparisonUrls(id, shownVersion).before
    : renditionUrl(id, 'preview', shownVersion);
  return {
    ...{ photoId: id, fileName, takenAt },
    tone: photo.tone ?? '#888888',
    widthPx: photo.widthPx ?? 3,
    heightPx: photo.heightPx ?? 2,
    previewUrl: plain,
    thumbnailUrl: renditionUrl(id, 'thumbnail', shownVersion),
    part: photo.triageGain === null ? 'settled' : photo.triageGain >= 1 ? 'doubtful' : 'unknown',
  };
}

async function readTags(ctx: Context, ids: string[]): Promise<Tag[]> {
  const worth = or(isNotNull(attributions.decision), gte(attributions.probability, LEAST_PROBABILITY));
  return ctx.db
    .select()
    .from(attributions)
    .where(and(inArray(attributions.photoId, ids), worth))
    .orderBy(desc(attributions.probability), asc(attributions.bib));
}

function toTags(tags: Tag[], publishThreshold: number, runners: Map<string, TriageRunner>): TriageTag[] {
  const rivals = findRivals(tags.filter(({ probability }) => probability >= LEAST_MAYBE_PROBABILITY));
  return tags.slice(0, MOST_TAGS).map(({ bib, probability, box, evidence, decision }) => {
    const sure = probability >= publishThreshold;
    return {
      ...{ bib, probability, box, evidence, decision },
      published: decision === 'confirmed' || (decision === null && sure),
      doubtful: decision === null && !sure && probability >= LEAST_MAYBE_PROBABILITY,
      rivals: rivals.get(bib) ?? [],
      runner: runners.get(bib) ?? null,
    };
  });
}

async function readRunners(ctx: Context, eventId: string, tags: Tag[]): Promise<Map<string, TriageRunner>> {
  const bibs = [...new Set(tags.map(({ bib }) => bib))];
  if (bibs.length === 0) return new Map();
  const where = and(eq(startListEntries.eventId, eventId), inArray(startListEntries.bib, bibs));
  const found = await selectRunners(ctx, eventId, where, { limit: bibs.length * 4 });
  return new Map(
    found.map(({ bib, firstName, lastName, raceName, raceColour }) => {
      return [bib, { bib, name: `${firstName} ${lastName}`.trim(), raceName, raceColour }];
    }),
  );
}

async function readSeen(ctx: Context, ids: string[]) {
  const reads = await ctx.db
    .select({ photoId: bibReads.photoId, bib: bibReads.bib, text: bibReads.text, box: bibReads.box })
    .from(bibReads)
    .where(and(inArray(bibReads.photoId, ids), ne(bibReads.kind, 'dropped')))
    .orderBy(desc(bibReads.confidence));
  const findings = await ctx.db
    .select({ photoId: photoFindings.photoId, persons: photoFindings.persons })
    .from(photoFindings)
    .where(inArray(photoFindings.photoId, ids));
  const toRead = ({ bib, text, box }: (typeof reads)[number]) => ({ bib, text, box });
  return {
    reads: new Map(
      [...Map.groupBy(reads, ({ photoId }) => photoId)].map(([id, all]) => [id, all.map(toRead)]),
    ),
    persons: new Map(
      findings.map(({ photoId, persons }) => [photoId, (persons ?? []).map(({ box }) => box)]),
    ),
  };
}

/** By photo, the frames of its burst that are nearest to it, in order. */
async function readBursts(ctx: Context, eventId: string, ids: string[]): Promise<Map<string, TriageFrame[]>> {
  const bursts = (await findBursts(ctx, { eventId, photoIds: ids })).filter((burst) => burst.length > 1);
  const near = new Map<string, string[]>();
  for (const burst of bursts) {
    for (const [at, { id }] of burst.entries()) {
      const from = Math.min(Math.max(at - MOST_FRAMES / 2, 0), Math.max(burst.length - MOST_FRAMES, 0));
      if (ids.includes(id))
        near.set(
          id,
          burst.slice(from, from + MOST_FRAMES).map((shot) => shot.id),
        );
    }
  }
  const frames = await readFrames(ctx, [...new Set([...near.values()].flat())]);
  return new Map(
    [...near].map(([id, others]) => [
      id,
      others.map((other) => frames.get(other)).filter((frame) => frame !== undefined),
    ]),
  );
}

async function readFrames(ctx: Context, ids: string[]): Promise<Map<string, TriageFrame>> {
  if (ids.length === 0) return new Map();
  const found = await ctx.db
    .select({
      photoId: photos.id,
      tone: photos.tone,
      takenAt: photos.takenAt,
      bibs: photos.bibs,
      preparedAt: photos.preparedAt,
      shownVersion: photos.shownVersion,
    })
    .from(photos)
    .where(inArray(photos.id, ids));
  return new Map(
    found.map(({ photoId, tone, takenAt, bibs, preparedAt, shownVersion }) => {
      const thumbnailUrl = preparedAt ? renditionUrl(photoId, 'thumbnail', shownVersion) : null;
      return [photoId, { photoId, thumbnailUrl, tone: tone ?? '#888888', takenAt, bibs }];
    }),
  );
}
