import { and, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireReadableEvent } from '#domain/events/require-readable-event.ts';
import { editDistance } from './edit-distance.ts';
import { nameWord } from './list-start-list.ts';
import { normaliseName } from './normalise-name.ts';
import { inEvent, selectRunners } from './select-runners.ts';
import type { Runner } from './start-list.ts';
import { startListEntries } from './tables.ts';

const MAX_WORDS = 5;
const MAX_FOUND = 50;
/** People whose name begins like one of the words; more than any event has for two letters in practice. */
const MAX_CANDIDATES = 4000;

/** Runners by name, in any order of the words, without accents, by the start of a word; when none fits so,
 *  those one slip of the finger away (two in a long word). Best first, at most `limit`. */
export async function findRunnersByName(
  ctx: Context,
  input: { eventId: string; name: string; limit: number },
): Promise<Runner[]> {
  const event = await requireReadableEvent(ctx, input);
  const limit = Math.min(Math.max(input.limit, 1), MAX_FOUND);
  const words = normaliseName(input.name.slice(0, 120)).split(' ').filter(Boolean).slice(0, MAX_WORDS);
  if (words.join('').length < 2) return [];
  const exact = await selectRunners(ctx, event.id, and(inEvent(event.id), ...words.map(nameWord)), {
    limit: MAX_FOUND * 4,
  });
  const found = exact.length > 0 ? exact : await selectSimilar(ctx, event.id, words);
  return found
    .map((runner) => ({ runner, slips: slipsBetween(words, runner) }))
    .sort((a, b) => a.slips - b.slips || compareNames(a.runner, b.runner))
    .slice(0, limit)
    .map(({ runner }) => runner);
}

/** A slip rarely hits both ends of every word: candidates share two letters at the start or three at the end of one. */
async function selectSimilar(ctx: Context, eventId: string, words: string[]): Promise<Runner[]> {
  const long = words.filter((word) => word.length >= 3);
  if (long.length === 0) return [];
  const near: SQL[] = long.flatMap((word) => [
    nameWord(word.slice(0, 2)),
    sql`(${startListEntries.nameSearch} || ' ') like ${`%${word.slice(-3)} %`}`,
  ]);
  const candidates = await selectRunners(ctx, eventId, and(inEvent(eventId), or(...near)), {
    limit: MAX_CANDIDATES,
  });
  return candidates.filter((runner) => Number.isFinite(slipsBetween(words, runner)));
}

/** The slips of all words together; Infinity when one is in no part of the name. A whole word beats a beginning. */
function slipsBetween(words: string[], runner: Runner): number {
  const parts = normaliseName(`${runner.firstName} ${runner.lastName}`).split(' ');
  let total = 0;
  for (const word of words) {
    const best = Math.min(...parts.map((part) => slipsOfWord(word, part)));
    if (best === Number.POSITIVE_INFINITY) return best;
    total += best;
  }
  return total;
}

const BEGINNING_COST = 0.1;

function slipsOfWord(word: string, part: string): number {
  if (part === word) return 0;
  if (part.startsWith(word)) return BEGINNING_COST;
  const allowed = word.length < 3 ? 0 : word.length < 7 ? 1 : 2;
  const slips = editDistance(word, part, allowed);
  return slips <= allowed ? slips : Number.POSITIVE_INFINITY;
}

function compareNames(a: Runner, b: Runner): number {
  return `${a.lastName} ${a.firstName}`.localeCompare(`${b.lastName} ${b.firstName}`, 'fr');
}
