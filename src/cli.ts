// One door for everything done at a terminal: `node src/cli.ts <command> --help`.
import type { Command } from './cli/command.ts';

/** Loaded when called: sorting a folder must not wait for a database driver. */
const commands: Record<string, () => Promise<Command>> = {
  sort: async () => (await import('./cli/sort.ts')).sortCommand,
  reprocess: async () => (await import('./cli/reprocess.ts')).reprocessCommand,
  integrity: async () => (await import('./cli/check-integrity.ts')).integrityCommand,
  admin: async () => (await import('./cli/admin.ts')).adminCommand,
  evaluate: async () => (await import('./cli/evaluate.ts')).evaluateCommand,
  simulate: async () => (await import('./cli/simulate.ts')).simulateCommand,
};

const [name = '', ...args] = process.argv.slice(2);
process.exitCode = await run();

async function run(): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    const asked = name === '' || name === '--help';
    (asked ? console.log : console.error)(`focus-racer <${Object.keys(commands).join('|')}> [--help]`);
    return asked ? 0 : 2;
  }
  const command = await load();
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  return command.run(args);
}
