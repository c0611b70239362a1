import { spawn } from 'node:child_process';

/** Runs the server in its own process, hands signals on, and ends as it ends. */
export function runServer(root: string, env: { NODE_ENV: 'production' | 'development' }): void {
  const child = spawn(process.execPath, [...process.execArgv, 'src/server.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
