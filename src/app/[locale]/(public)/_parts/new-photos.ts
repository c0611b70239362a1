/** Photos of which an open page heard, and does not show yet. */
export interface NewPhotos {
  ids: ReadonlySet<string>;
  /** So many came at once that they were not told one by one. */
  uncounted: boolean;
}

export const NO_NEW_PHOTOS: NewPhotos = { ids: new Set(), uncounted: false };

const MOST_COUNTED = 999;

/** Adds what one bundle of the gallery's stream tells: a JSON array of notices. The same object when it tells nothing new. */
export function hearNotices(heard: NewPhotos, bundle: string, shown: ReadonlySet<string>): NewPhotos {
  const notices = readBundle(bundle);
  const fresh = notices
    .filter((notice) => notice.type === 'photo-ready')
    .flatMap((notice) => (typeof notice.data?.photoId === 'string' ? [notice.data.photoId] : []))
    .filter((id) => !shown.has(id) && !heard.ids.has(id));
  const tooMany = heard.ids.size + fresh.length > MOST_COUNTED;
  const uncounted = heard.uncounted || tooMany || notices.some((notice) => notice.type === 'reload');
  if (fresh.length === 0 && uncounted === heard.uncounted) return heard;
  return { ids: tooMany ? heard.ids : new Set([...heard.ids, ...fresh]), uncounted };
}

interface Notice {
  type?: unknown;
  data?: { photoId?: unknown };
}

function readBundle(bundle: string): Notice[] {
  try {
    const notices: unknown = JSON.parse(bundle);
    return Array.isArray(notices) ? notices.filter((notice) => notice !== null) : [];
  } catch {
    // Half a bundle tells nothing; the stream goes on.
    return [];
  }
}

/** What a gallery shows a photo by: its stack's lead. */
interface Shown {
  id: string;
  others?: readonly string[];
}

/** All photos that a gallery shows, those behind a lead too. */
export function idsShown(photos: readonly Shown[]): Set<string> {
  return new Set(photos.flatMap(({ id, others = [] }) => [id, ...others]));
}

/** Where a page that was read again has its first new photo, by the id of its lead; null when it has none. */
export function findFirstNew(
  photos: readonly Shown[],
  heard: NewPhotos,
  shown: ReadonlySet<string>,
): string | null {
  const isNew = (id: string) => !shown.has(id) && (heard.uncounted || heard.ids.has(id));
  return photos.find(({ id, others = [] }) => [id, ...others].some(isNew))?.id ?? null;
}
