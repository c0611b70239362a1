import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const START_LIMIT_MS = 60_000;

export interface StartedProcess {
  readonly url: string;
  readonly pid: number;
  /** All it printed so far. */
  output(): string;
  /** Sends the signal and resolves when the process is gone. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts the web process on a free port and waits until it says that it is ready. */
export function startWeb(env: Record<string, string>): Promise<StartedProcess> {
  return startProcess('src/server.ts', env);
}

/** Starts a worker with its health door on a free port and waits until its models answer. */
export function startWorker(env: Record<string, string>): Promise<StartedProcess> {
  return startProcess('src/worker.ts', env);
}

async function startProcess(script: string, env: Record<string, string>): Promise<StartedProcess> {
  const port = env.PORT ?? String(await findFreePort());
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      NODE_ENV: 'production',
      PUBLIC_URL: url,
      ...env,
      PORT: port,
      WORKER_HEALTH_PORT: port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await waitUntilReady(child, url, () => printed);
  return { url, pid: child.pid ?? 0, output: () => printed, stop: (signal) => stopProcess(child, signal) };
}

async function waitUntilReady(child: ChildProcess, url: string, printed: () => string): Promise<void> {
  const limit = Date.now() + START_LIMIT_MS;
  while (Date.now() < limit) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`it stopped at start:\n${printed()}`);
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`it was not ready in ${START_LIMIT_MS} ms:\n${printed()}`);
}

function stopProcess(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
