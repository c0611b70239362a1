import { spawn } from 'node:child_process';
import { brokenLinks } from './doc-links.ts';

/** Fewer modules than this means that the tool did not see the sources, and would find every wall intact. */
const LEAST_MODULES = 300;

interface Outcome {
  name: string;
  ok: boolean;
  output: string;
  seconds: number;
}

const outcomes = await Promise.all([
  check('format and lint', 'biome', ['check', '--error-on-warnings', '.']),
  // Without .next: what an older build left there is no fault of the sources.
  check('types', 'tsc', ['--noEmit', '-p', 'tsconfig.verify.json']),
  check('boundaries', 'depcruise', ['--config', '.dependency-cruiser.mjs', 'src'], enoughModules),
  check('dead code', 'knip', ['--no-progress']),
  checkLinks(),
]);

for (const { name, ok, output, seconds } of outcomes) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  if (!ok) console.log(output.trimEnd());
}
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;

function check(
  name: string,
  program: string,
  args: string[],
  judge: (output: string) => string | null = () => null,
): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const end = (ok: boolean, text: string) =>
      resolve({ name, ok, output: text, seconds: (performance.now() - startedAt) / 1000 });
    child.on('error', (error) => end(false, error.message));
    child.on('close', (status) => {
      const objection = status === 0 ? judge(output) : null;
      end(status === 0 && objection === null, objection ?? output);
    });
  });
}

function enoughModules(output: string): string | null {
  const modules = Number(/(\d+) modules/.exec(output)?.[1] ?? 0);
  return modules >= LEAST_MODULES
    ? null
    : `only ${modules} modules were cruised, at least ${LEAST_MODULES} expected`;
}

async function checkLinks(): Promise<Outcome> {
  const startedAt = performance.now();
  const broken = brokenLinks('.');
  const seconds = (performance.now() - startedAt) / 1000;
  return { name: 'links in documents', ok: broken.length === 0, output: broken.join('\n'), seconds };
}
