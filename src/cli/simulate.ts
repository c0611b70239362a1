import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.ts';
import { simulateEvent } from './simulate/simulate-event.ts';
import { summarise } from './simulate/summarise-event.ts';
import { writeEvent } from './simulate/write-event.ts';

const help = `npm run simulate -- [--runners <n>] [--seed <n>] [--out <folder>]

Invente une épreuve dont tout est connu : liste de départ, passages et appareils photo, avec leurs erreurs.
Draws an event of which everything is known: start list, passages and cameras, with their errors.

  --runners <n>   20..60000 (3000)
  --seed <n>      la même graine donne la même épreuve / the same seed gives the same event (1)
  --out <folder>  ./out/simulated

start-list.csv, passages.csv: à importer / to import.  truth.json: qui est sur quelle photo / who is on which photo.`;

const least = 20;
const most = 60_000;

export const simulateCommand: Command = {
  help,
  run: async (args) => {
    try {
      const { runners, seed, out } = readArguments(args);
      const event = simulateEvent({ runners, seed });
      await writeEvent(event, { out, seed });
      for (const line of summarise(event)) console.log(line);
      console.log(relative(process.cwd(), out) || '.');
      return 0;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      console.error(error.message);
      return 2;
    }
  },
};

function readArguments(args: string[]): { runners: number; seed: number; out: string } {
  const { runners, seed, out } = parse(args);
  return {
    runners: wholeNumber(runners ?? '3000', { name: '--runners', from: least, until: most }),
    seed: wholeNumber(seed ?? '1', { name: '--seed', from: 0, until: 2 ** 31 }),
    out: resolve(out ?? 'out/simulated'),
  };
}

function parse(args: string[]) {
  const options = { runners: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function wholeNumber(
  given: string,
  { name, from, until }: { name: string; from: number; until: number },
): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < from || value > until)
    throw new UsageError(`${name} ${from}..${until}`);
  return value;
}
