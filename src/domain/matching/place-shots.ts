import { and, eq, inArray, max, min } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { placeAt, trueTime } from '#domain/clocks/camera-clock.ts';
import { cameraClocks } from '#domain/clocks/tables.ts';
import { expectedPassages } from '#domain/timing/tables.ts';
import { candidateReachMs } from './burst.ts';
import type { Shot } from './find-bursts.ts';

/** Where and when, by the true time, a burst was taken, for as much as is known. */
export interface BurstPlace {
  /** By photo. */
  atMs: Map<string, number>;
  /** One deviation, ms; null while the clock is not solved. */
  clockSpreadMs: number | null;
  /** Null when timing does not cover it. */
  window: { placeId: string; fromMs: number; untilMs: number } | null;
}

type Clock = typeof cameraClocks.$inferSelect;

/** A clock that a person set is right to about this, ms, when nothing says how well. */
const UNSTATED_SPREAD_MS = 500;
/** Timing covers a place from its first runner to its last, and so much around. */
const AROUND_TIMING_MS = 300_000;

/** What clocks and expectations say of each burst, in the bursts' order. */
export async function placeBursts(
  ctx: Context,
  input: { eventId: string; bursts: readonly Shot[][] },
): Promise<BurstPlace[]> {
  const { eventId, bursts } = input;
  const keys = new Set(bursts.flat().flatMap(({ cameraKey }) => (cameraKey === null ? [] : [cameraKey])));
  const found =
    keys.size === 0
      ? []
      : await ctx.db
          .select()
          .from(cameraClocks)
          .where(and(eq(cameraClocks.eventId, eventId), inArray(cameraClocks.cameraKey, [...keys])));
  const clocks = new Map(found.map((clock) => [clock.cameraKey, clock]));
  const spans = new Map<string, Promise<TimedSpan | null>>();
  const spanOf = (placeId: string) => {
    const span = spans.get(placeId) ?? findSpan(ctx, eventId, placeId);
    spans.set(placeId, span);
    return span;
  };
  const places: BurstPlace[] = [];
  for (const burst of bursts) {
    const clock = clocks.get(burst[0]?.cameraKey ?? '');
    places.push(await placeBurst(burst, clock, spanOf));
  }
  return places;
}

async function placeBurst(
  burst: readonly Shot[],
  clock: Clock | undefined,
  spanOf: (placeId: string) => Promise<TimedSpan | null>,
): Promise<BurstPlace> {
  const atMs = new Map<string, number>();
  if (!clock) return { atMs, clockSpreadMs: null, window: null };
  for (const { id, takenAt } of burst) {
    const at = takenAt && trueTime(clock, takenAt);
    if (at) atMs.set(id, at.getTime());
  }
  const clockSpreadMs = clock.offsetMs === null ? null : (clock.spreadMs ?? UNSTATED_SPREAD_MS);
  const first = burst.find(({ id }) => atMs.has(id));
  const placeId = first?.takenAt ? placeAt(clock, first.takenAt) : null;
  const span = placeId === null ? null : await spanOf(placeId);
  if (placeId === null || !span || clockSpreadMs === null) return { atMs, clockSpreadMs, window: null };
  const [from, until] = [Math.min(...atMs.values()), Math.max(...atMs.values())];
  const covered = from >= span.firstMs - AROUND_TIMING_MS && until <= span.lastMs + AROUND_TIMING_MS;
  const reach = candidateReachMs(span.spreadMs, clockSpreadMs);
  const window = covered ? { placeId, fromMs: from - reach, untilMs: until + reach } : null;
  return { atMs, clockSpreadMs, window };
}

interface TimedSpan {
  firstMs: number;
  lastMs: number;
  spreadMs: number;
}

async function findSpan(ctx: Context, eventId: string, placeId: string): Promise<TimedSpan | null> {
  const { expectedAt, spreadMs } = expectedPassages;
  const [span] = await ctx.db
    .select({ first: min(expectedAt), last: max(expectedAt), spreadMs: max(spreadMs) })
    .from(expectedPassages)
    .where(and(eq(expectedPassages.eventId, eventId), eq(expectedPassages.placeId, placeId)));
  if (!span?.first || !span.last) return null;
  return {
    firstMs: span.first.getTime(),
    lastMs: span.last.getTime(),
    spreadMs: span.spreadMs ?? 0,
  };
}
