import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { createBreaker } from './breaker.ts';
import type { CallTurns } from './call-turns.ts';
import { faultFacts, faultOf, recognitionUnavailable } from './recognition-errors.ts';

export interface GuardOptions {
  turns: CallTurns;
  log: Log;
  /** For one answer. */
  deadlineMs?: number;
  attempts?: number;
  /** After this long no further attempt begins, so that a job of three calls ends within its time limit. */
  budgetMs?: number;
  /** The longest wait before the second attempt; doubles with each. */
  backoffMs?: number;
  breaker?: { failuresInARow: number; openMs: number; mostOpenMs: number };
}

export interface CallGuard {
  /** Throws 'unavailable' when no attempt is answered, and the provider's own error when trying again will not help. */
  call<Answer>(operation: string, send: (signal: AbortSignal) => Promise<Answer>): Promise<Answer>;
  pausedMs(): number;
}

/** A caller that would wait longer gives its lane to other work and comes back. */
const MOST_WAIT_MS = 10_000;
const MOST_BACKOFF_MS = 8_000;

/** What stands between us and a provider: a shared rate, a deadline per call, back-off with jitter, a breaker. */
export function guardCalls(options: GuardOptions): CallGuard {
  const { turns, log, deadlineMs = 10_000, attempts = 4, budgetMs = 15_000, backoffMs = 500 } = options;
  const limits = options.breaker ?? { failuresInARow: 5, openMs: 15_000, mostOpenMs: 300_000 };
  const breaker = createBreaker({ nowMs: () => performance.now(), ...limits });

  async function takeTurn(operation: string) {
    const waitMs = await turns.take(operation, MOST_WAIT_MS);
    if (waitMs === null) throw recognitionUnavailable('too many calls wait for their turn');
    if (waitMs > 0) await wait(waitMs);
  }

  async function tryAll<Answer>(operation: string, send: (signal: AbortSignal) => Promise<Answer>) {
    const startedAt = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      await takeTurn(operation);
      try {
        return { answer: await send(AbortSignal.timeout(deadlineMs)) };
      } catch (error) {
        const fault = faultOf(error);
        if (fault !== 'throttled' && fault !== 'away') return { error };
        log.warn({ operation, attempt, fault: faultFacts(error) }, 'the recogniser did not answer');
        const spentMs = performance.now() - startedAt;
        if (attempt >= attempts || spentMs >= budgetMs) return { unanswered: error };
        // Full jitter: what failed together does not come back together.
        const pauseMs = Math.random() * Math.min(MOST_BACKOFF_MS, backoffMs * 2 ** (attempt - 1));
        if (fault === 'throttled') await turns.pause(operation, pauseMs);
        await wait(pauseMs);
      }
    }
  }

  return {
    pausedMs: breaker.openForMs,
    call: async (operation, send) => {
      if (!breaker.mayCall()) throw recognitionUnavailable('the breaker is open');
      const outcome = await tryAll(operation, send).catch((error: unknown) => {
        breaker.gaveUp();
        throw error;
      });
      if ('unanswered' in outcome) {
        breaker.failed();
        throw recognitionUnavailable(`no answer: ${faultFacts(outcome.unanswered)}`, outcome.unanswered);
      }
      breaker.succeeded();
      if ('error' in outcome) throw outcome.error;
      return outcome.answer;
    },
  };
}
