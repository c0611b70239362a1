import { eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { events } from '../events/tables.ts';
import type { AskedKind, StoredKind } from './photo.ts';
import { photos, renditions } from './tables.ts';

export interface OpenedRendition {
  storageKey: string;
  sizeBytes: number;
  contentType: 'image/webp';
  /** False when only the owner, or who opened its event by a code, may see it: such an answer must not be cached by others. */
  everyone: boolean;
}

/** Everything about a photo's renditions that decides who sees them, so that a door may keep it for some seconds. */
export interface RenditionAccess {
  organisationId: string;
  eventId: string;
  /** Visible in its event. */
  shown: boolean;
  /** Its event asks for a code. */
  closed: boolean;
  edited: boolean;
  shownVersion: number;
  renditions: { kind: StoredKind; storageKey: string; sizeBytes: number }[];
}

/** Where a rendition lies, if the actor may see it; throws not-found otherwise, whatever the reason. Never gives an original. */
export async function openRendition(
  ctx: Context,
  input: { photoId: string; kind: AskedKind },
): Promise<OpenedRendition> {
  const access = await findRenditionAccess(ctx, input);
  const opened = access ? chooseRendition(ctx, access, input.kind) : null;
  if (!opened) throw new DomainError('not-found', { public: { key: 'photos.notFound' } });
  return opened;
}

export async function findRenditionAccess(
  ctx: Context,
  input: { photoId: string },
): Promise<RenditionAccess | null> {
  const found = await findRenditionAccesses(ctx, { photoIds: [input.photoId] });
  return found.get(input.photoId) ?? null;
}

/** By photo id, in one look; what is no id or has no rendition is left out. */
export async function findRenditionAccesses(
  ctx: Context,
  input: { photoIds: string[] },
): Promise<Map<string, RenditionAccess>> {
  const ids = input.photoIds.filter((id) => z.uuid().safeParse(id).success);
  const accesses = new Map<string, RenditionAccess>();
  if (ids.length === 0) return accesses;
  const found = await ctx.db
    .select({
      photoId: photos.id,
      organisationId: photos.organisationId,
      eventId: photos.eventId,
      accessCode: events.accessCode,
      state: photos.state,
      hiddenAt: photos.hiddenAt,
      edited: photos.edited,
      shownVersion: photos.shownVersion,
      status: events.status,
      kind: renditions.kind,
      storageKey: renditions.storageKey,
      sizeBytes: renditions.sizeBytes,
    })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .innerJoin(renditions, eq(renditions.photoId, photos.id))
    .where(inArray(photos.id, ids));
  for (const row of found) {
    const access = accesses.get(row.photoId) ?? {
      organisationId: row.organisationId,
      eventId: row.eventId,
      closed: row.accessCode !== null,
      edited: row.edited,
      shownVersion: row.shownVersion,
      shown: row.status === 'published' && row.state === 'ready' && row.hiddenAt === null,
      renditions: [],
    };
    access.renditions.push({ kind: row.kind, storageKey: row.storageKey, sizeBytes: row.sizeBytes });
    accesses.set(row.photoId, access);
  }
  return accesses;
}

/** Null when the actor may not see this kind. `web` carries no mark, and a comparison is no decision: only the owner has them. */
export function chooseRendition(
  ctx: Context,
  access: RenditionAccess,
  kind: AskedKind,
): OpenedRendition | null {
  const stored = storedKind(kind, access.edited);
  const rendition = access.renditions.find((candidate) => candidate.kind === stored);
  if (!rendition) return null;
  const shown = access.shown && (kind === 'preview' || kind === 'thumbnail');
  const everyone = shown && !access.closed;
  const opened = shown && ctx.opened?.has(access.eventId);
  if (!everyone && !opened && !isOwner(ctx, access.organisationId)) return null;
  const { storageKey, sizeBytes } = rendition;
  return { storageKey, sizeBytes, contentType: 'image/webp', everyone };
}

function storedKind(kind: AskedKind, edited: boolean): StoredKind {
  if (kind === 'plain-preview') return 'preview';
  if (kind === 'edited-preview') return kind;
  return edited ? `edited-${kind}` : kind;
}

function isOwner(ctx: Context, organisationId: string): boolean {
  const { actor } = ctx;
  if (actor.kind === 'account') return actor.role === 'ADMIN' || actor.organisationId === organisationId;
  return actor.kind === 'system';
}
