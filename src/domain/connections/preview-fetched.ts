import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { type PassagesPreview, previewPassages } from '#domain/timing/preview-passages.ts';
import { previewStartList, type StartListPreview } from '#domain/timing/preview-start-list.ts';
import { type ColumnMapping, LIST_PROFILES, type ListProfile } from '#domain/timing/start-list.ts';
import { DomainError } from '#platform/errors.ts';
import type { ConnectionKind, ConnectionRow } from './connection.ts';
import { requireOwnConnection } from './require-own-connection.ts';
import { fetchedFiles } from './tables.ts';

/** What accepting it would do. `isReadable`: its columns are known well enough to do it. */
export type FetchedPreview =
  | { of: 'list'; isReadable: boolean; preview: StartListPreview }
  | { of: 'passages'; isReadable: boolean; preview: PassagesPreview };

/** What accepting the waiting file would do today, with columns perhaps chosen by hand. Throws not-found when none waits. */
export async function previewFetched(
  ctx: Context,
  input: { connectionId: string; mapping?: ColumnMapping | undefined },
): Promise<{ sha256: string } & FetchedPreview> {
  const { connection } = await requireOwnConnection(ctx, input);
  const file = await requireWaiting(ctx, connection.id);
  const preview = await previewBytes(ctx, connection, Buffer.from(file.bytes), input.mapping);
  return { ...preview, sha256: file.sha256 };
}

export async function previewBytes(
  ctx: Context,
  { eventId, kind, shown }: ConnectionRow,
  bytes: Buffer,
  mapping?: ColumnMapping,
): Promise<FetchedPreview> {
  if (kind === 'passages') {
    return { of: 'passages', isReadable: true, preview: await previewPassages(ctx, { eventId, bytes }) };
  }
  const input = { eventId, fileName: shown, bytes, mapping, profile: profileOf(kind) };
  const preview = await previewStartList(ctx, input);
  return { of: 'list', isReadable: preview.mapping.includes('bib'), preview };
}

export function profileOf(kind: ConnectionKind): ListProfile | undefined {
  return LIST_PROFILES.find((profile) => profile === kind);
}

export async function requireWaiting(ctx: Context, connectionId: string) {
  const [file] = await ctx.db.select().from(fetchedFiles).where(eq(fetchedFiles.connectionId, connectionId));
  if (!file) throw new DomainError('not-found', { public: { key: 'connections.nothingWaits' } });
  return file;
}
