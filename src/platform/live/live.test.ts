import { describe, expect, it } from 'vitest';
import type { LiveMessage } from './live.ts';
import { openLocalLive } from './open-local-live.ts';

const message: LiveMessage = { type: 'photo-ready', data: { photoId: 'a', bibs: 2, sure: true, tone: null } };

describe('live notices in one process', () => {
  it('reach every listener of the channel and none of another', async () => {
    const live = openLocalLive();
    const heard: string[] = [];
    live.subscribe('event/1', () => heard.push('first'));
    live.subscribe('event/1', () => heard.push('second'));
    live.subscribe('event/2', () => heard.push('other event'));
    live.subscribe('gallery/1', () => heard.push('public'));
    await live.publish('event/1', message);
    expect(heard).toEqual(['first', 'second']);
  });

  it('stop when the listener stops, once, and the count returns to 0', async () => {
    const live = openLocalLive();
    const heard: LiveMessage[] = [];
    const listener = (notice: LiveMessage) => heard.push(notice);
    const stop = live.subscribe('event/1', listener);
    const stopOther = live.subscribe('event/1', listener);
    expect(live.listenerCount()).toBe(2);
    stop();
    stop();
    await live.publish('event/1', message);
    expect(heard).toEqual([message]);
    stopOther();
    expect(live.listenerCount()).toBe(0);
  });

  it('end for all on close', async () => {
    const live = openLocalLive();
    const stop = live.subscribe('event/1', () => {});
    await live.close();
    stop();
    expect(live.listenerCount()).toBe(0);
  });
});
