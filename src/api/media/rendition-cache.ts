import type { Context } from '#context.ts';
import { findRenditionAccess, type RenditionAccess } from '#domain/photos/open-rendition.ts';

/** A hidden, unpublished or deleted photo answers 404 after at most this long. */
const ACCESS_LIFE_MS = 5000;
const MOST_PHOTOS = 10_000;
const MOST_BYTES = 32_000_000;
const LARGEST_KEPT_BYTES = 400_000;

export interface RenditionCache {
  access(ctx: Context, photoId: string): Promise<RenditionAccess | null>;
  bytes(ctx: Context, storageKey: string): Promise<Buffer>;
}

export function fitsCache(sizeBytes: number): boolean {
  return sizeBytes <= LARGEST_KEPT_BYTES;
}

/** What a page of sixty images asks again and again: who may see a photo, for seconds; the bytes, as long as they are asked for. */
export function createRenditionCache(): RenditionCache {
  const accesses = new Map<string, { until: number; access: Promise<RenditionAccess | null> }>();
  const kept = new Map<string, Buffer>();
  let keptBytes = 0;

  function keep(storageKey: string, body: Buffer): void {
    keptBytes += body.length - (kept.get(storageKey)?.length ?? 0);
    kept.set(storageKey, body);
    for (const [oldest, old] of kept) {
      if (keptBytes <= MOST_BYTES) return;
      kept.delete(oldest);
      keptBytes -= old.length;
    }
  }

  return {
    access(ctx, photoId) {
      const now = performance.now();
      const known = accesses.get(photoId);
      if (known && known.until > now) return known.access;
      const access = findRenditionAccess(ctx, { photoId });
      accesses.delete(photoId);
      accesses.set(photoId, { until: now + ACCESS_LIFE_MS, access });
      // A database that was away for a moment must not answer for seconds.
      access.catch(() => accesses.delete(photoId));
      const [oldest] = accesses.keys();
      if (accesses.size > MOST_PHOTOS && oldest !== undefined) accesses.delete(oldest);
      return access;
    },
    async bytes(ctx, storageKey) {
      const known = kept.get(storageKey);
      if (known) {
        kept.delete(storageKey);
        kept.set(storageKey, known);
        return known;
      }
      const body = await ctx.storage.get(storageKey);
      keep(storageKey, body);
      return body;
    },
  };
}
