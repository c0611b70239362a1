import { Hono } from 'hono';
import type { Context } from '#context.ts';

const TIMEOUT_MS = 2000;
/** A lane answers between two photos. */
const MODELS_TIMEOUT_MS = 8000;
/** However often it is asked, the parts are asked at most once in this time. */
const REMEMBERED_MS = 1000;

/** GET /api/health/live: this process answers. GET /api/health/ready: every part it needs answers too, else 503. */
export function openHealthDoor(ctx: Context): Hono {
  const door = new Hono();
  let known: { at: number; parts: ReturnType<typeof checkParts> } | null = null;
  door.get('/live', (c) => {
    c.header('cache-control', 'no-store');
    return c.json({ live: true });
  });
  door.get('/ready', async (c) => {
    if (!known || performance.now() - known.at > REMEMBERED_MS) {
      known = { at: performance.now(), parts: checkParts(ctx) };
    }
    const parts = await known.parts;
    const ready = Object.values(parts).every(Boolean);
    c.header('cache-control', 'no-store');
    return c.json({ ready, parts }, ready ? 200 : 503);
  });
  return door;
}

/** True for each part that answers in time. The models count only in a process that reads photos. */
export async function checkParts(ctx: Context): Promise<Record<string, boolean>> {
  const { engine } = ctx;
  const [database, storage, queue, models] = await Promise.all([
    answers(ctx, 'database', TIMEOUT_MS, () => ctx.database.ping(TIMEOUT_MS)),
    answers(ctx, 'storage', TIMEOUT_MS, () => ctx.storage.ping(TIMEOUT_MS)),
    answers(ctx, 'queue', TIMEOUT_MS, () => ctx.queue.ping(TIMEOUT_MS)),
    engine ? answers(ctx, 'models', MODELS_TIMEOUT_MS, () => requireModels(engine)) : null,
  ]);
  return { database, storage, queue, ...(models === null ? {} : { models }) };
}

async function requireModels(engine: NonNullable<Context['engine']>): Promise<void> {
  if (!(await engine.ready())) throw new Error('the models do not load');
}

/** The port's own limit is not relied on: an adapter that hangs must not hang the answer. */
async function answers(
  ctx: Context,
  part: string,
  timeoutMs: number,
  ping: () => Promise<unknown>,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs + 500);
  });
  try {
    await Promise.race([ping(), late]);
    return true;
  } catch (error) {
    ctx.log.warn({ part, error: error instanceof Error ? error.message : 'unknown' }, 'not ready');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
