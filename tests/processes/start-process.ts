import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { until } from '../doubles/until.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 60_000;

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** From the signal to the end. */
  ms: number;
}

export interface StartedProcess {
  /** Of the pages and doors; of a worker, its health door. */
  readonly url: string;
  readonly pid: number;
  /** All it printed so far. */
  output(): string;
  isAlive(): boolean;
  /** Sends the signal and resolves when the process is gone. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<Ending>;
}

/** Starts the web process on a free port and waits until it says that it is ready. */
export async function startWeb(env: Record<string, string>): Promise<StartedProcess> {
  const port = env.PORT ?? String(await findFreePort());
  const url = `http://localhost:${port}`;
  return startProcess('src/server.ts', url, { PUBLIC_URL: url, ...env, PORT: port });
}

/** Starts a worker with its health door on a free port and waits until its models answer. */
export async function startWorker(env: Record<string, string>): Promise<StartedProcess> {
  const port = String(await findFreePort());
  return startProcess('src/worker.ts', `http://localhost:${port}`, { ...env, WORKER_HEALTH_PORT: port });
}

async function startProcess(
  script: string,
  url: string,
  env: Record<string, string>,
): Promise<StartedProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: root,
    // Nothing of this process but where programs and the person's files are: each setting is the test's own.
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const started: StartedProcess = {
    url,
    pid: child.pid ?? 0,
    output: () => printed,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    stop: (signal) => stopProcess(child, signal, () => printed),
  };
  await waitUntilReady(started);
  return started;
}

async function waitUntilReady(started: StartedProcess): Promise<void> {
  try {
    await until(async () => {
      if (!started.isAlive()) throw new Error('it stopped at start');
      const answer = await fetch(`${started.url}/api/health/ready`).catch(() => null);
      await answer?.body?.cancel();
      return answer?.ok;
    }, START_LIMIT_MS);
  } catch (error) {
    await started.stop('SIGKILL');
    throw new Error(`not ready:\n${started.output()}`, { cause: error });
  }
}

async function stopProcess(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  printed: () => string,
): Promise<Ending> {
  const startedAt = performance.now();
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  if (!hasEnded()) child.kill(signal);
  await until(hasEnded, STOP_LIMIT_MS).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`it did not stop:\n${printed()}`, { cause: error });
  });
  return { code: child.exitCode, signal: child.signalCode, ms: performance.now() - startedAt };
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
