import type { Database } from '../db/database.ts';

/** What a domain's jobs.ts declares: a name, the shape of its data, how it is retried, and a lazily imported action. */
export interface JobDefinition<Data, Ctx = unknown> {
  name: string;
  /** Throws when the stored data do not fit. */
  parse(data: unknown): Data;
  run(ctx: Ctx, data: Data, attempt: JobAttempt): Promise<void>;
  /** Called once when the last attempt failed, so that the subject ends in a final state. */
  onDead?(ctx: Ctx, data: Data, error: { message: string }): Promise<void>;
  /** Attempts in all, the first included. */
  maxAttempts: number;
  /** Wait before attempt n+1 is `backoffSeconds * 2^(n-1)`. */
  backoffSeconds: number;
  /** A job held longer than this without end is given up by its worker. */
  timeLimitSeconds: number;
  /** Five-field cron in UTC for a job that the clock starts, with `{}` as data. */
  schedule?: string;
  /** True for work that burns CPU on pixels: it runs in the lanes of the engine, not beside web requests without bound. */
  heavy?: boolean;
}

export interface JobAttempt {
  /** From 1. */
  attempt: number;
  maxAttempts: number;
  jobId: string;
  /** Aborted when the worker stops or the time limit is over. */
  signal: AbortSignal;
}

export interface EnqueueOptions {
  /** Jobs of one share key (an event) take turns with those of the others. */
  shareKey?: string;
  /** Live photos go before all others. */
  live?: boolean;
  /** Runs when nothing else of its lane waits. Needs a share key. */
  background?: boolean;
  /** While a job with this key waits or runs, a second one is not added. */
  singletonKey?: string;
  runAfterSeconds?: number;
}

export interface DeadJob {
  id: string;
  name: string;
  failedAt: Date;
  /** The last error, without personal data. */
  reason: string;
  data: unknown;
}

export interface QueueCounts {
  name: string;
  waiting: number;
  active: number;
  retrying: number;
  dead: number;
}

/** 'lost': another worker has the job by now. 'interrupted': a stop took it away before its end. */
export type JobOutcome = 'done' | 'failed' | 'lost' | 'interrupted';

/** Told of the begin of each attempt, gives what is to be told of its end. `reason` is null for one that went well. */
export type JobObserver = (
  job: string,
) => (end: { outcome: JobOutcome; seconds: number; reason: string | null }) => void;

export interface Queue {
  /** Adds a job in the caller's transaction: it exists if and only if the transaction commits. */
  enqueue(db: Database, name: string, data: object, options?: EnqueueOptions): Promise<void>;
  counts(): Promise<QueueCounts[]>;
  /** How long the oldest job that may run has waited; 0 when none waits. */
  oldestWaitingSeconds(): Promise<number>;
  listDead(options: { limit: number; after?: string }): Promise<DeadJob[]>;
  /** Puts a dead job back at its first attempt. Returns false when it is not there any more. */
  retryDead(id: string): Promise<boolean>;
  dropDead(id: string): Promise<boolean>;
  ping(timeoutMs: number): Promise<void>;
}

/** The worker's side: fetches, runs, keeps the heartbeat, gives back what a stop interrupts. */
export interface QueueWorker {
  start(): Promise<void>;
  /** Takes no new job, waits up to `graceMs` for running ones, gives the others back at once. */
  stop(graceMs: number): Promise<void>;
}
