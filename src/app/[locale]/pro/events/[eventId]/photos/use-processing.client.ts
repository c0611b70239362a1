import { useEffect, useState } from 'react';

export interface ProcessingCounts {
  received: number;
  prepared: number;
  ready: number;
  failed: number;
}

export interface Processing {
  counts: ProcessingCounts;
  /** Last known state of photos seen since the page opened. */
  states: ReadonlyMap<string, { state: keyof ProcessingCounts; failureReason: string | null }>;
  connected: boolean;
}

const RECOUNT_MS = 2000;

/** The event's photos as the server works on them: its notices as they come, its own totals every two seconds of activity. */
export function useProcessing(eventId: string, initial: ProcessingCounts): Processing {
  const [counts, setCounts] = useState(initial);
  const [states, setStates] = useState<Processing['states']>(new Map());
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const recount = async () => {
      timer = null;
      const response = await fetch(`/api/uploads/progress/${eventId}`).catch(() => null);
      if (response?.ok) setCounts(await response.json());
    };
    const source = new EventSource(`/api/streams/events/${eventId}`);
    source.onopen = () => {
      setConnected(true);
      void recount();
    };
    source.onerror = () => setConnected(false);
    source.addEventListener('photo-state', (event) => {
      const notice: { photoId: string; state: keyof ProcessingCounts; failureReason: string | null } =
        JSON.parse(event.data);
      setStates((known) => new Map(known).set(notice.photoId, notice));
      timer ??= setTimeout(recount, RECOUNT_MS);
    });
    return () => {
      source.close();
      if (timer) clearTimeout(timer);
    };
  }, [eventId]);

  return { counts, states, connected };
}
