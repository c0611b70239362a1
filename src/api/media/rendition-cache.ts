import type { Context } from '#context.ts';
import { type AccessCache, createAccessCache } from './access-cache.ts';

const MOST_BYTES = 32_000_000;
const LARGEST_KEPT_BYTES = 400_000;
/** Once the room is full: else a crowd that goes through more photos than fit throws each out before it is asked for again. */
const ADMIT_ONE_IN = 4;

export interface RenditionCache {
  access: AccessCache['find'];
  bytes(ctx: Context, storageKey: string): Promise<Buffer>;
}

export function fitsCache(sizeBytes: number): boolean {
  return sizeBytes <= LARGEST_KEPT_BYTES;
}

/** What a page of sixty images asks again and again: who may see a photo, for seconds; the bytes, as long as they are asked for. */
export function createRenditionCache(): RenditionCache {
  const accesses = createAccessCache();
  const kept = new Map<string, Buffer>();
  let keptBytes = 0;

  let missed = 0;

  function keep(storageKey: string, body: Buffer): void {
    missed += 1;
    if (keptBytes + body.length > MOST_BYTES && missed % ADMIT_ONE_IN > 0) return;
    keptBytes += body.length - (kept.get(storageKey)?.length ?? 0);
    kept.set(storageKey, body);
    for (const [oldest, old] of kept) {
      if (keptBytes <= MOST_BYTES) return;
      kept.delete(oldest);
      keptBytes -= old.length;
    }
  }

  return {
    access: accesses.find,
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
