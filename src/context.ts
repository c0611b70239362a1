import type { Clock, Random } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database, DatabasePort } from '#platform/db/database.ts';
import type { Live } from '#platform/live/live.ts';
import type { Log } from '#platform/log.ts';
import type { Mail } from '#platform/mail/mail.ts';
import type { Metrics } from '#platform/metrics/metrics.ts';
import type { PaymentProvider } from '#platform/payments/payments.ts';
import type { Queue } from '#platform/queue/queue.ts';
import type { Recognition } from '#platform/recognition/recognition.ts';
import type { Storage } from '#platform/storage/storage.ts';
import type { Traces } from '#platform/traces/traces.ts';
import type { EnginePool } from '#vision/engine-pool.ts';

export type Role = 'PHOTOGRAPHER' | 'ORGANIZER' | 'AGENCY' | 'CLUB' | 'FEDERATION' | 'RUNNER' | 'ADMIN';
export type Locale = 'fr' | 'en';

/** Who asks. An account of a pro role acts for its organisation. */
export type Actor =
  | { kind: 'anonymous' }
  | { kind: 'account'; userId: string; role: Role; organisationId: string | null }
  | { kind: 'system'; name: string };

/** Everything an action needs from outside. Immutable: `withActor` and `inTransaction` make another. */
export interface Context {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly traces: Traces;
  /** The pool, or the transaction under way. */
  readonly db: Database;
  readonly database: DatabasePort;
  readonly storage: Storage;
  readonly queue: Queue;
  readonly mail: Mail;
  readonly payments: PaymentProvider;
  readonly live: Live;
  /** Null in a process that reads no photos. */
  readonly engine: EnginePool | null;
  /** Who reads photos instead of our own engine; null when nobody does. */
  readonly recognition: Recognition | null;
  readonly actor: Actor;
  /** Closed events whose code this visitor has given, by id. */
  readonly opened?: ReadonlySet<string>;
  readonly locale: Locale;
}

export function withActor(ctx: Context, actor: Actor, locale: Locale = ctx.locale): Context {
  return { ...ctx, actor, locale };
}

/** Runs `work` in one transaction; inside another one, in a savepoint. Every read and write of `work` goes through the context it is given. */
export function inTransaction<Result>(ctx: Context, work: (tx: Context) => Promise<Result>): Promise<Result> {
  return ctx.db.transaction((db) => work({ ...ctx, db }));
}

/** Next bundles its own copy of this module beside the server's: what both must see stands on `globalThis`. */
const CURRENT = Symbol.for('focus-racer/current-context');

interface Holder {
  [CURRENT]?: Context;
}

/** The context this process was started with, anonymous. Throws before the start and in a build. */
export function currentContext(): Context {
  // globalThis has no type for a symbol of ours.
  const context = (globalThis as Holder)[CURRENT];
  if (!context) throw new Error('no context: this process was not started by server, worker or command');
  return context;
}

export function setCurrentContext(context: Context | undefined): void {
  (globalThis as Holder)[CURRENT] = context;
}
