import type { Context } from '#context.ts';
import { findRenditionAccesses, type RenditionAccess } from '#domain/photos/open-rendition.ts';

/** A hidden, unpublished or deleted photo answers 404 after at most this long, in every process. */
const LIFE_MS = 5000;
const MOST_PHOTOS = 10_000;
const MOST_TOGETHER = 300;

interface Known {
  access: RenditionAccess | null;
  until: number;
  /** Since it was read: only then is it read again with others. */
  asked: boolean;
}

export interface AccessCache {
  find(ctx: Context, photoId: string): Promise<RenditionAccess | null> | RenditionAccess | null;
}

/**
 * Who may see a photo, for seconds. All photos of a crowd's pages are read in few looks: whoever asks while a look is
 * being prepared shares it, and it reads those again besides that are asked for and soon too old.
 */
export function createAccessCache({ now = () => performance.now() } = {}): AccessCache {
  const known = new Map<string, Known>();
  /** The look that each photo is being read by. */
  const underWay = new Map<string, Promise<Map<string, RenditionAccess>>>();
  let next: { ids: Set<string>; found: Promise<Map<string, RenditionAccess>> } | null = null;

  const read = async (ctx: Context, ids: Set<string>) => {
    // So that requests of the same moment come along.
    await new Promise((resolve) => setImmediate(resolve));
    next = null;
    const begun = now();
    for (const [id, one] of known) {
      if (ids.size >= MOST_TOGETHER) break;
      if (!one.asked || one.until > begun + LIFE_MS / 2) continue;
      ids.add(id);
      // The next look must not read it too while this one is under way.
      one.asked = false;
    }
    const found = await findRenditionAccesses(ctx, { photoIds: [...ids] });
    for (const id of ids) {
      known.delete(id);
      known.set(id, { access: found.get(id) ?? null, until: begun + LIFE_MS, asked: false });
    }
    for (const oldest of known.keys()) {
      if (known.size <= MOST_PHOTOS) break;
      known.delete(oldest);
    }
    return found;
  };

  return {
    find(ctx, photoId) {
      const one = known.get(photoId);
      if (one && one.until > now()) {
        one.asked = true;
        return one.access;
      }
      const look = underWay.get(photoId);
      if (look) return look.then((found) => found.get(photoId) ?? null);
      if (!next || next.ids.size >= MOST_TOGETHER) {
        const ids = new Set<string>();
        const over = () => {
          for (const id of ids) underWay.delete(id);
        };
        next = { ids, found: read(ctx, ids).finally(over) };
      }
      next.ids.add(photoId);
      underWay.set(photoId, next.found);
      return next.found.then((found) => found.get(photoId) ?? null);
    },
  };
}
