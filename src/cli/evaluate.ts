import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.ts';
import { messagesFor } from './messages.ts';

const help = `npm run evaluate -- <folder> [options]
npm run evaluate -- --faces <folder> [options]

Compare ce qui est lu avec <folder>/truth.json, et montre les échecs dans une page.
Compares what is read with <folder>/truth.json, and shows the failures on a page.

  --faces                  les visages au lieu des dossards / faces instead of bibs
  --start-list <list.csv>  numéros attendus / expected numbers
  --out <folder>           pour la page / for the page (./out/evaluate-<folder>)
  --json                   les chiffres en une ligne JSON / the figures as one JSON line
  --lang fr|en

truth.json: [{"file", "bibs": [], "ignore": [], "extra": [], "partial": []}]`;

export const evaluateCommand: Command = {
  help,
  run: async (args) => {
    try {
      return await evaluate(args);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      console.error(error.message);
      return 2;
    }
  },
};

async function evaluate(args: string[]): Promise<number> {
  const { values, positionals } = parseCommandLine(args);
  const messages = messagesFor(values.lang);
  const [folder] = positionals;
  if (!folder) throw new UsageError(messages.noFolder);
  const json = values.json ?? false;
  if (values.faces) throw new UsageError(messages.noFaceEvaluation);
  // Loaded when called: each starts models of its own.
  const { evaluateBibs } = await import('./evaluate-bibs.ts');
  return evaluateBibs({ folder, startListPath: values['start-list'], out: values.out, json, messages });
}

function parseCommandLine(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        faces: { type: 'boolean' },
        'start-list': { type: 'string' },
        out: { type: 'string' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
