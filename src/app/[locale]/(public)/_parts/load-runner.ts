import 'server-only';
import { cache } from 'react';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { searchPhotos } from '#domain/matching/search-photos.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import type { Runner } from '#domain/timing/start-list.ts';
import { absentPage, loadEvent } from './load-event.ts';

export interface FoundRunner {
  event: PublicEvent;
  bib: string;
  runners: Runner[];
  sure: GalleryPhoto[];
  maybe: GalleryPhoto[];
  nearBibs: string[];
}

const LONGEST_BIB = 20;

/** What is known of one bib in one event, once per page. All empty when nothing is. */
export const loadRunner = cache(
  async (locale: string, slug: string, segment: string): Promise<FoundRunner> => {
    const { ctx, event } = await loadEvent(locale, slug);
    const query = decodeURIComponent(segment).trim().slice(0, LONGEST_BIB);
    const found = await searchPhotos(ctx, { eventId: event.id, query }).catch(absentPage);
    if (found.kind === 'bib') {
      const { bib, runners, sure, maybe, nearBibs } = found;
      return { event, bib, runners, sure, maybe, nearBibs };
    }
    return { event, bib: query, runners: [], sure: [], maybe: [], nearBibs: [] };
  },
);
