import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { StoredKind } from './photo.ts';
import { renditions } from './tables.ts';

export interface RenditionRow {
  kind: StoredKind;
  storageKey: string;
  widthPx: number;
  heightPx: number;
  sizeBytes: number;
}

/** One key per (original, kind): a second run replaces the object of the first. As unguessable as the original's, which it does not betray. */
export function renditionKey(originalKey: string, kind: StoredKind): string {
  const token = createHash('sha256').update(`${originalKey}\n${kind}`).digest('base64url');
  const shard = createHash('sha256').update(token).digest('hex').slice(0, 2);
  const extension = /(?:sold|sponsored)-web$/.test(kind) ? 'jpg' : 'webp';
  return `renditions/${shard}/r${token}.${extension}`;
}

/** Replaces what is known of a photo's renditions. For a transaction of ingest. */
export async function recordRenditions(
  tx: Context,
  input: { photoId: string; renditions: RenditionRow[] },
): Promise<void> {
  await tx.db
    .insert(renditions)
    .values(input.renditions.map((rendition) => ({ photoId: input.photoId, ...rendition })))
    .onConflictDoUpdate({
      target: [renditions.photoId, renditions.kind],
      set: {
        storageKey: sql`excluded.storage_key`,
        widthPx: sql`excluded.width_px`,
        heightPx: sql`excluded.height_px`,
        sizeBytes: sql`excluded.size_bytes`,
      },
    });
}
