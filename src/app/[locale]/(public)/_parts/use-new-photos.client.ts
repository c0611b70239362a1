import { useEffect, useRef, useState } from 'react';
import type { PhotoCard } from '#ui/photo-card.ts';
import { hearNotices, idsShown, type NewPhotos, NO_NEW_PHOTOS } from './new-photos.ts';

/** Listens for photos that become visible, for as long as the page is looked at: a hidden one costs no connection. */
export function useNewPhotos(eventId: string, live: boolean, photos: PhotoCard[]) {
  const [heard, setHeard] = useState<NewPhotos>(NO_NEW_PHOTOS);
  const shown = useRef<ReadonlySet<string>>(new Set());

  useEffect(() => {
    shown.current = idsShown(photos);
  }, [photos]);

  useEffect(() => {
    if (!live) return;
    let stream: EventSource | null = null;
    const close = () => {
      stream?.close();
      stream = null;
    };
    const follow = () => {
      if (document.hidden) return close();
      if (stream) return;
      stream = new EventSource(`/api/streams/galleries/${eventId}`);
      stream.onmessage = ({ data }) => setHeard((before) => hearNotices(before, data, shown.current));
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      close();
    };
  }, [eventId, live]);

  return { heard, forget: () => setHeard(NO_NEW_PHOTOS) };
}
