import type { Channel, LiveMessage } from './live.ts';

type Listener = (message: LiveMessage) => void;

/** Who listens to which channel in this process. */
export function newListeners() {
  const byChannel = new Map<string, Set<Listener>>();
  let total = 0;

  return {
    add(channel: Channel, listener: Listener): () => void {
      // A wrapper of its own lets one function listen twice and stop once.
      const own: Listener = (message) => listener(message);
      const others = byChannel.get(channel) ?? new Set();
      byChannel.set(channel, others.add(own));
      total += 1;
      return () => {
        if (!others.delete(own)) return;
        total -= 1;
        if (others.size === 0 && byChannel.get(channel) === others) byChannel.delete(channel);
      };
    },
    tell(channel: string, message: LiveMessage): void {
      for (const listener of byChannel.get(channel) ?? []) listener(message);
    },
    count: () => total,
    clear(): void {
      for (const others of byChannel.values()) others.clear();
      byChannel.clear();
      total = 0;
    },
  };
}
