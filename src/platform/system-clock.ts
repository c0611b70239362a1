import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Random } from './clock.ts';

export const systemClock: Clock = { now: () => new Date() };

export const systemRandom: Random = {
  id: () => randomUUID(),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
};
