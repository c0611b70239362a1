import { newListeners } from './listeners.ts';
import type { Channel, Live } from './live.ts';

/** Notices inside one process: enough when web and worker share it. */
export function openLocalLive(): Live {
  const listeners = newListeners();
  return {
    async publish(channel: Channel, message) {
      listeners.tell(channel, message);
    },
    subscribe: listeners.add,
    listenerCount: listeners.count,
    async close() {
      listeners.clear();
    },
  };
}
