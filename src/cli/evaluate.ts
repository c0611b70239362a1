import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.ts';
import { type Messages, messagesFor } from './messages.ts';

const help = `npm run evaluate -- <folder> [<folder>…] [options]
npm run evaluate -- --faces <folder> [options]
npm run evaluate -- --blur <folder> [<folder>…] [--json]
npm run evaluate -- --edit <folder> [--out <folder>] [--json]
npm run evaluate -- --attribution [--sizes 300,3000,20000] [--seeds 5] [--out <folder>] [--json]
npm run evaluate -- --attribution <folder> [--json]

Compare ce qui est lu avec <folder>/truth.json, et montre les échecs dans une page.
Compares what is read with <folder>/truth.json, and shows the failures on a page.

  --faces                  les visages au lieu des dossards / faces instead of bibs
  --blur                   le flou : copies floues contre photos nettes / blurred copies against the photos
  --edit                   les retouches, avant et après / edits, before and after (any folder of photos)
  --attribution            qui est sur la photo : événements simulés, ou rafales d'un dossier
                           who is on the photo: simulated events, or the bursts of a folder
  --start-list <list.csv>  numéros attendus / expected numbers
  --list-size <n>          numéros de la liste tirée au sort pour « start list » / bibs of the drawn list (500)
  --out <folder>           pour les pages / for the pages (./out)
  --json                   les chiffres en une ligne JSON / the figures as one JSON line
  --calibration            diagrammes de fiabilité / reliability diagrams (SVG)
  --fit                    poids de la probabilité qui iraient le mieux / weights of the probability that would suit best
  --lang fr|en

truth.json: [{"file", "bibs": [], "ignore": [], "extra": [], "partial": []}]`;

const defaultListSize = 500;
const mostListSize = 100_000;

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
  if (values.attribution) return attribution(values, positionals, messages);
  if (positionals.length === 0) throw new UsageError(messages.noFolder);
  // Loaded when called: each starts models of its own.
  if (values.faces) {
    const [folder = '', ...more] = positionals;
    if (more.length > 0) throw new UsageError(messages.oneFolder);
    const { evaluateFaces } = await import('./evaluate-faces.ts');
    return evaluateFaces({ folder, json: values.json ?? false, messages });
  }
  if (values.blur) {
    const { evaluateBlur } = await import('./evaluate-blur.ts');
    return evaluateBlur({ folders: positionals, json: values.json ?? false, messages });
  }
  if (values.edit) {
    const [folder = '', ...more] = positionals;
    if (more.length > 0) throw new UsageError(messages.oneFolder);
    const { evaluateEdit } = await import('./evaluate-edit.ts');
    return evaluateEdit({ folder, out: values.out, json: values.json ?? false, messages });
  }
  const { evaluateBibs } = await import('./evaluate-bibs.ts');
  return evaluateBibs({
    folders: positionals,
    startListPath: values['start-list'],
    listSize: sizeOf(values['list-size']),
    out: values.out,
    json: values.json ?? false,
    calibration: values.calibration ?? false,
    fit: values.fit ?? false,
    messages,
  });
}

async function attribution(
  values: ReturnType<typeof parseCommandLine>['values'],
  folders: string[],
  messages: Messages,
): Promise<number> {
  const json = values.json ?? false;
  const [folder, ...more] = folders;
  if (more.length > 0) throw new UsageError(messages.oneFolder);
  if (folder) {
    const { evaluateBursts } = await import('./evaluate-bursts.ts');
    return evaluateBursts({ folder, listSize: sizeOf(values['list-size']), json, messages });
  }
  const { evaluateAttribution, fitAttribution, seedsOf, sizesOf } = await import('./evaluate-attribution.ts');
  const sizes = sizesOf(values.sizes);
  if (values.fit) return fitAttribution(sizes);
  return evaluateAttribution({ sizes, seeds: seedsOf(values.seeds), out: values.out, json });
}

function sizeOf(given: string | undefined): number {
  const size = Number(given ?? defaultListSize);
  if (!Number.isInteger(size) || size < 1 || size > mostListSize)
    throw new UsageError(`--list-size 1..${mostListSize}`);
  return size;
}

function parseCommandLine(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        attribution: { type: 'boolean' },
        sizes: { type: 'string' },
        seeds: { type: 'string' },
        faces: { type: 'boolean' },
        blur: { type: 'boolean' },
        edit: { type: 'boolean' },
        'start-list': { type: 'string' },
        'list-size': { type: 'string' },
        out: { type: 'string' },
        calibration: { type: 'boolean' },
        fit: { type: 'boolean' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
