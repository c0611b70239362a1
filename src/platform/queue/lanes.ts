import type { JobDefinition } from './queue.ts';

/** pg-boss queues: work on pixels, everything else, and what the death of a job sets off. */
export type LaneName = 'heavy' | 'light' | 'dead';

/** A job is held by a worker that says so at least every HEARTBEAT; without it another takes over. */
export const HEARTBEAT_SECONDS = 20;
export const LIVE_PRIORITY = 1_000_000_000;
/** The turns of background jobs begin here, after any turn of the others. */
export const BACKGROUND_TURN = 1_000_000_000;

// biome-ignore lint/suspicious/noExplicitAny: the data types of different jobs have nothing in common; parse() guards each.
export type AnyJob<Ctx> = JobDefinition<any, Ctx>;

export function laneOf(definition: { heavy?: boolean }): LaneName {
  return definition.heavy ? 'heavy' : 'light';
}

/** Definitions by name. Throws when two share one. */
export function byName<Ctx>(definitions: readonly AnyJob<Ctx>[]): Map<string, AnyJob<Ctx>> {
  const known = new Map<string, AnyJob<Ctx>>();
  for (const definition of definitions) {
    if (known.has(definition.name)) throw new Error(`two jobs are called ${definition.name}`);
    known.set(definition.name, definition);
  }
  return known;
}
