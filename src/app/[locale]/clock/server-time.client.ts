/** What must be added to `performance.now()` to get the server's time, ms since 1970, and how exact that is. */
export interface ServerTime {
  aheadMs: number;
  /** Half of the fastest answer: it cannot be further off. */
  withinMs: number;
}

const QUESTIONS = 8;
const WAIT_MS = 4000;

/**
 * Asks the server for its time and believes the fastest answer, with the way there and back taken as equally long
 * (Cristian, "Probabilistic clock synchronization", 1989). Null when nobody answers.
 */
export async function measureServerTime(): Promise<ServerTime | null> {
  let best: ServerTime | null = null;
  for (let asked = 0; asked < QUESTIONS; asked += 1) {
    const one = await askOnce();
    if (one && (!best || one.withinMs < best.withinMs)) best = one;
    if (!one) break;
  }
  return best;
}

async function askOnce(): Promise<ServerTime | null> {
  const sent = performance.now();
  const answer = await fetch('/api/clock', { cache: 'no-store', signal: AbortSignal.timeout(WAIT_MS) }).catch(
    () => null,
  );
  const came = performance.now();
  if (!answer?.ok) return null;
  const told: { now?: unknown } | null = await answer.json().catch(() => null);
  if (typeof told?.now !== 'number') return null;
  return { aheadMs: told.now - (sent + came) / 2, withinMs: (came - sent) / 2 };
}
