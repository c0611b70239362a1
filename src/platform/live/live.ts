/** Who hears a message: `event/<id>` for the pro's pages, `gallery/<id>` for the public ones, `upload/<id>`. */
export type Channel = `event/${string}` | `gallery/${string}`;

export interface LiveMessage {
  /** 'photo-state', 'photo-ready', 'progress'. */
  type: string;
  data: Record<string, string | number | boolean | null>;
}

/** Small notices to open pages, across processes. Lossy by nature: a page that reconnects reads the state anew. */
export interface Live {
  publish(channel: Channel, message: LiveMessage): Promise<void>;
  /** Returns the way to stop listening. */
  subscribe(channel: Channel, listener: (message: LiveMessage) => void): () => void;
  /** Number of listeners in this process. */
  listenerCount(): number;
  close(): Promise<void>;
}
