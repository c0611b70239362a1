import type { Channel, Live, LiveMessage } from '#platform/live/live.ts';
import { openLocalLive } from '#platform/live/open-local-live.ts';

export interface MemoryLive extends Live {
  readonly published: { channel: Channel; message: LiveMessage }[];
}

export function newMemoryLive(): MemoryLive {
  const live = openLocalLive();
  const published: MemoryLive['published'] = [];
  return {
    ...live,
    published,
    publish: async (channel, message) => {
      published.push({ channel, message });
      await live.publish(channel, message);
    },
  };
}
