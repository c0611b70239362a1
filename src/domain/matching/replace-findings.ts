import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventRow } from '#domain/events/event.ts';
import { mayComputeFaces } from '#domain/events/may-compute-faces.ts';
import type { FaceFinding, LabelFinding, PhotoAnalysis } from '#vision/findings.ts';
import { dropRefusedFaces } from './drop-refused-faces.ts';
import { keepColours } from './keep-colours.ts';
import { photoFaces, photoFindings, photoLabels } from './tables.ts';

interface ReplaceFindingsInput {
  photoId: string;
  event: EventRow;
  analysis: Pick<PhotoAnalysis, 'engine'> & Partial<PhotoAnalysis> & { facesIndexed?: number };
}

/** Makes what is known of a photo beyond its bibs that of one analysis: true when it has a label or a face. For a
 *  transaction of matching. */
export async function replaceFindings(tx: Context, input: ReplaceFindingsInput): Promise<boolean> {
  const { photoId, event, analysis } = input;
  const row = {
    engineVersion: analysis.engine.version,
    quality: analysis.quality ?? null,
    persons: analysis.persons ?? null,
    crops: analysis.crops ?? null,
    edit: analysis.edit ?? null,
    cpuMs: Math.round(analysis.cpuMs ?? 0),
  };
  await tx.db
    .insert(photoFindings)
    .values({ photoId, ...row })
    .onConflictDoUpdate({ target: photoFindings.photoId, set: row });
  await keepColours(tx, { photoId, eventId: event.id, persons: analysis.persons ?? [] });
  const labels = analysis.labels ?? [];
  await replaceLabels(tx, photoId, event.id, labels);
  const allowed = tx.config.aiFaceIndexEnabled && mayComputeFaces(event, tx.clock.now());
  const faces = allowed ? (analysis.faces ?? []) : [];
  await replaceFaces(tx, { photoId, eventId: event.id, engineVersion: row.engineVersion }, faces);
  if (faces.length > 0) await dropRefusedFaces(tx, { eventId: event.id, photoId });
  return labels.length > 0 || faces.length > 0 || (analysis.facesIndexed ?? 0) > 0;
}

async function replaceLabels(
  tx: Context,
  photoId: string,
  eventId: string,
  labels: LabelFinding[],
): Promise<void> {
  await tx.db.delete(photoLabels).where(eq(photoLabels.photoId, photoId));
  if (labels.length === 0) return;
  await tx.db
    .insert(photoLabels)
    .values(labels.map(({ name, confidence }) => ({ photoId, eventId, name, confidence })))
    .onConflictDoNothing();
}

async function replaceFaces(
  tx: Context,
  place: { photoId: string; eventId: string; engineVersion: string },
  faces: FaceFinding[],
): Promise<void> {
  await tx.db.delete(photoFaces).where(eq(photoFaces.photoId, place.photoId));
  if (faces.length === 0) return;
  const computedAt = tx.clock.now();
  await tx.db.insert(photoFaces).values(
    faces.map(({ box, confidence, descriptor, quality, bib }) => ({
      id: tx.random.id(),
      ...place,
      ...{ box, confidence, quality, computedAt },
      descriptor: Buffer.from(descriptor, 'base64'),
      bib: bib ?? null,
    })),
  );
}
