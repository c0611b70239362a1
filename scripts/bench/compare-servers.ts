import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child.ts';
import { cpuSecondsOf } from './cpu.ts';
import { compareRounds, type Figure, ROUNDS, type Round, type Target } from './figure.ts';

const CONNECTIONS = 16;
const ROUND_MS = 1500;
const WARM_MS = 1000;

export interface Asked {
  pid: number;
  port: number;
  paths: string[];
}

export interface FileServer extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
}

/** A bare Node server of the files in `folder`, read each time or kept in its memory. */
export async function startFileServer(folder: string, mode: 'read' | 'kept'): Promise<FileServer> {
  const child = fork(fileURLToPath(new URL('./files-process.ts', import.meta.url)), [folder, mode], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    pid: child.pid ?? 0,
    port,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Both servers in turns under the same load: requests a second, and requests per second of the server's own CPU. */
export async function compareServers(
  title: string,
  servers: { floor: Asked; subject: Asked },
  target: Target | null,
): Promise<Figure[]> {
  await using load = startChild('./load-process.ts');
  const rates: Round[] = [];
  const thrift: Round[] = [];
  await askFor(load, servers.floor, WARM_MS);
  await askFor(load, servers.subject, WARM_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const floor = await askFor(load, servers.floor, ROUND_MS);
    const subject = await askFor(load, servers.subject, ROUND_MS);
    rates.push({ floor: floor.rate, subject: subject.rate });
    thrift.push({ floor: floor.perCpuSecond, subject: subject.perCpuSecond });
  }
  return [
    compareRounds({ title, unit: 'requests/s', target }, rates),
    compareRounds({ title: `${title}, by CPU`, unit: 'requests per CPU s', target }, thrift),
  ];
}

async function askFor(load: Child, { pid, port, paths }: Asked, ms: number) {
  const cpuBefore = cpuSecondsOf(pid);
  const told = await load.ask({ port, paths, connections: CONNECTIONS, ms });
  const { requests = 0, refused = 0, seconds = 1 } = told;
  if (refused > 0 || requests === 0)
    throw new Error(`${refused} of ${requests} requests were not answered 200`);
  return { rate: requests / seconds, perCpuSecond: requests / (cpuSecondsOf(pid) - cpuBefore) };
}
