import type { Clock } from '../clock.ts';
import type { EnqueueOptions } from './queue.ts';

/** For a job that does in one run what many asked for in the same `seconds`: it starts that long after the first of them. */
export function oncePerWindow(clock: Clock, key: string, seconds: number): EnqueueOptions {
  const window = Math.floor(clock.now().getTime() / (seconds * 1000));
  return { runAfterSeconds: seconds, singletonKey: `${key}/${window}` };
}
