import { useEffect, useEffectEvent, useState } from 'react';

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
}

interface Notice {
  type: string;
  data: { photoId: string; state: keyof ProcessingCounts; failureReason: string | null };
}

const RECOUNT_MS = 2000;

/** The event's photos as the server works on them: its notices as they come, its own totals every two seconds of
 *  activity. `onRecount` is called after each new total, for what else the page shows of the photos. */
export function useProcessing(eventId: string, initial: ProcessingCounts, onRecount: () => void): Processing {
  const [counts, setCounts] = useState(initial);
  const [states, setStates] = useState<Processing['states']>(new Map());
  const told = useEffectEvent(onRecount);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let opened = 0;
    const recount = async () => {
      timer = null;
      const response = await fetch(`/api/uploads/progress/${eventId}`).catch(() => null);
      if (!response?.ok) return;
      setCounts(await response.json());
      told();
    };
    const source = new EventSource(`/api/streams/events/${eventId}`);
    source.onopen = () => {
      opened += 1;
      if (opened > 1) void recount();
    };
    // Notices come in bundles, at most four a second.
    source.onmessage = (event) => {
      const notices: Notice[] = JSON.parse(event.data);
      const changed = notices.filter((notice) => notice.type === 'photo-state').map(({ data }) => data);
      setStates((known) => new Map([...known, ...changed.map((data) => [data.photoId, data] as const)]));
      timer ??= setTimeout(recount, RECOUNT_MS);
    };
    return () => {
      source.close();
      if (timer) clearTimeout(timer);
    };
  }, [eventId]);

  return { counts, states };
}
