import type { JobOutcome } from '../queue/queue.ts';

export interface RequestFacts {
  method: string;
  /** One of a bounded set of names: never a path or an id. */
  route: string;
  /** Null when the connection ended before any answer. */
  status: number | null;
  /** Null for answers that stay open for as long as the visitor stays. */
  seconds: number | null;
}

/** Numbers about this process and its queue, for Prometheus. */
export interface Metrics {
  requestEnded(facts: RequestFacts): void;
  jobEnded(facts: { job: string; outcome: JobOutcome; seconds: number }): void;
  /** Shows a number that is read at each scrape. A second call with the name takes the place of the first. */
  watch(name: string, about: string, read: () => number): void;
  /** Everything in the text format of Prometheus. A part that does not answer is left out. */
  write(): Promise<{ contentType: string; text: string }>;
}

/** For a process that nobody scrapes: nothing is counted. */
export const noMetrics: Metrics = {
  requestEnded: () => undefined,
  jobEnded: () => undefined,
  watch: () => undefined,
  write: async () => ({ contentType: 'text/plain; charset=utf-8', text: '' }),
};
