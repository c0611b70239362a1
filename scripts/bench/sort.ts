import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../build-pages.ts';
import { bigPhotos } from './big-photos.ts';
import { startChild } from './child.ts';
import { cpuSecondsOfEndedChildren } from './cpu.ts';
import { compareRounds, type Figure, type Measure, median } from './figure.ts';

const PHOTOS = 24;
const ROUNDS = 5;

interface Run {
  wallSeconds: number;
  /** Of the command and all its processes, from start to end. */
  cpuSeconds: number;
  /** Of the engine for each photo, as the command itself says. */
  photoCpuSeconds: number[];
}

export const sort: Measure = {
  name: 'sort',
  about: `a folder of ${PHOTOS} photos of 24 Mpixel with bibs, as a photographer would sort it`,
  async run() {
    const paths = await bigPhotos();
    const folder = mkdtempSync(join(tmpdir(), 'focus-racer-bench-sort-'));
    await using decoder = startChild('./sharp-process.ts');
    try {
      const photos = join(folder, 'photos');
      mkdirSync(photos);
      for (let index = 0; index < PHOTOS; index += 1) {
        copyFileSync(paths[index % paths.length] ?? '', join(photos, `IMG_${1000 + index}.jpg`));
      }
      const decode = async () => {
        const costs: number[] = [];
        for (const path of paths) costs.push((await decoder.ask({ verb: 'decode', path })).cpuMs ?? 0);
        return median(costs) / 1000;
      };
      await decode();
      const cost: { floor: number; subject: number }[] = [];
      const spread: { floor: number; subject: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const decodeSeconds = await decode();
        const idle = await runAllCores();
        const run = await runSort(photos, join(folder, `out-${round}`));
        cost.push({ floor: decodeSeconds, subject: median(run.photoCpuSeconds) });
        spread.push({ floor: evenness(idle), subject: evenness(run) });
      }
      return figuresOf(cost, spread);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function figuresOf(
  cost: { floor: number; subject: number }[],
  spread: { floor: number; subject: number }[],
): Figure[] {
  return [
    compareRounds(
      {
        title: 'Photo with its bibs ÷ full decode by sharp',
        unit: 'CPU s per photo',
        // 1.2 s where a full decode costs 0.21 s.
        target: { atMost: 5.7 },
      },
      cost,
    ),
    compareRounds(
      {
        title: 'Wall ÷ (CPU ÷ cores), beside loops that never wait',
        unit: 'wall ÷ (CPU ÷ cores)',
        target: { atMost: 1.15 },
      },
      spread,
    ),
  ];
}

/** 1 when all cores work all the time; more when they wait, or when others use them too. */
function evenness({ wallSeconds, cpuSeconds }: Pick<Run, 'wallSeconds' | 'cpuSeconds'>): number {
  return wallSeconds / (cpuSeconds / availableParallelism());
}

/** What this machine gives just now to processes that ask for everything. */
async function runAllCores(): Promise<Pick<Run, 'wallSeconds' | 'cpuSeconds'>> {
  const loop = 'const end = process.hrtime.bigint() + 4_000_000_000n; while (process.hrtime.bigint() < end);';
  const cpuBefore = cpuSecondsOfEndedChildren();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: availableParallelism() }, () =>
      once(spawn(process.execPath, ['-e', loop], { stdio: 'ignore' }), 'exit'),
    ),
  );
  return {
    wallSeconds: (performance.now() - start) / 1000,
    cpuSeconds: cpuSecondsOfEndedChildren() - cpuBefore,
  };
}

async function runSort(photos: string, out: string): Promise<Run> {
  const cpuBefore = cpuSecondsOfEndedChildren();
  const start = performance.now();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/cli.ts', 'sort', photos, '--out', out, '--json'],
    { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`sort ended with ${code}`);
  const wallSeconds = (performance.now() - start) / 1000;
  const cpuSeconds = cpuSecondsOfEndedChildren() - cpuBefore;
  const lines = printed
    .trim()
    .split('\n')
    .map((line): { cpuMs: number } => JSON.parse(line));
  if (lines.length !== PHOTOS) throw new Error(`${lines.length} of ${PHOTOS} photos were read`);
  return { wallSeconds, cpuSeconds, photoCpuSeconds: lines.map(({ cpuMs }) => cpuMs / 1000) };
}
