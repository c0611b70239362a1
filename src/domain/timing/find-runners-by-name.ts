import { and, or, type SQL, sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireReadableEvent } from '#domain/events/require-readable-event.ts';
import { loadNameWords } from './load-name-words.ts';
import { type Understanding, understandWords } from './name-words.ts';
import { normaliseName } from './normalise-name.ts';
import { mayBeFound, selectRunners } from './select-runners.ts';
import type { Runner } from './start-list.ts';
import { startListEntries } from './tables.ts';

const MAX_WORDS = 5;
const MAX_FOUND = 50;
const MAX_CANDIDATES = 400;
const MOST_SLIPS = 2;

/** Runners by name, in any order of the words, without accents and hyphens: by whole words; else by their beginnings; else
 *  with a slip of the finger, or two in a long word. Best first, at most `limit`. */
export async function findRunnersByName(
  ctx: Context,
  input: { eventId: string; name: string; limit: number },
): Promise<Runner[]> {
  const event = await requireReadableEvent(ctx, input);
  const limit = Math.min(Math.max(input.limit, 1), MAX_FOUND);
  const words = readNameWords(input.name);
  if (words.join('').length < 2) return [];
  const whole = and(mayBeFound(event.id), hasWords(words));
  const found = await selectRunners(ctx, event.id, whole, { limit: MAX_CANDIDATES });
  if (found.length > 0) return found.sort(compareNames).slice(0, limit);
  return findSimilar(ctx, event.id, words, limit);
}

/** What a person typed as words to compare with those of a start list. */
export function readNameWords(name: string): string[] {
  return normaliseName(name.slice(0, 120)).split(' ').filter(Boolean).slice(0, MAX_WORDS);
}

/** True for entries that have every one of the words, whole. */
export function hasWords(words: string[]): SQL {
  return sql`${allWords} @> ${sql.param(words)}::text[]`;
}

const allWords = sql`string_to_array(${startListEntries.nameSearch}, ' ')`;

/** Nobody is shown with two slips beside somebody with one: the nearer name is nearly always the one that was meant. */
async function findSimilar(ctx: Context, eventId: string, words: string[], limit: number): Promise<Runner[]> {
  const vocabulary = await loadNameWords(ctx, eventId);
  for (let slips = 0; slips <= MOST_SLIPS; slips += 1) {
    const meanings = understandWords(words, vocabulary, slips);
    if (meanings.length === 0) continue;
    const condition = and(mayBeFound(eventId), or(...meanings.map(asCondition)));
    const runners = await selectRunners(ctx, eventId, condition, { limit: MAX_CANDIDATES });
    if (runners.length > 0) return sortByNearness(runners, meanings).slice(0, limit);
  }
  return [];
}

function sortByNearness(runners: Runner[], meanings: Understanding[]): Runner[] {
  return runners
    .map((runner) => ({ runner, slips: leastSlips(meanings, runner) }))
    .sort((a, b) => a.slips - b.slips || compareNames(a.runner, b.runner))
    .map(({ runner }) => runner);
}

function asCondition(understanding: Understanding): SQL | undefined {
  return and(
    ...understanding.map((forms) => sql`${allWords} && ${sql.param(forms.map(({ word }) => word))}::text[]`),
  );
}

function leastSlips(meanings: Understanding[], runner: Runner): number {
  const parts = new Set(normaliseName(`${runner.firstName} ${runner.lastName}`).split(' '));
  const slipsOf = (understanding: Understanding) =>
    understanding.reduce((sum, forms) => {
      const best = forms.find(({ word }) => parts.has(word));
      return sum + (best?.slips ?? Number.POSITIVE_INFINITY);
    }, 0);
  return Math.min(...meanings.map(slipsOf));
}

function compareNames(a: Runner, b: Runner): number {
  return `${a.lastName} ${a.firstName}`.localeCompare(`${b.lastName} ${b.firstName}`, 'fr');
}
