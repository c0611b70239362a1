import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PostgresServer {
  readonly url: string;
  stop(): void;
}

/**
 * Debian's PostgreSQL on a free port and a folder of its own. Null when it is not installed. A `durable` one keeps what
 * it acknowledged: a production process refuses any other.
 */
export async function startPostgres(options: { durable?: boolean } = {}): Promise<PostgresServer | null> {
  const programs = findPrograms();
  if (!programs) return null;
  const folder = mkdtempSync(join(tmpdir(), 'focus-racer-postgres-'));
  const port = await findFreePort();
  if (isRoot()) run('chown', ['postgres', folder]);
  else chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  asServerUser(join(programs, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-sync',
  ]);
  // Without fsync unless asked: most tests do not look at the loss of power.
  const hasty = options.durable ? [] : ['fsync=off', 'full_page_writes=off'];
  const settings = [...hasty, 'max_connections=200', `port=${port}`]
    .concat([`unix_socket_directories=${folder}`, 'listen_addresses=127.0.0.1'])
    .map((setting) => `-c ${setting}`)
    .join(' ');
  asServerUser(join(programs, 'pg_ctl'), [
    '-D',
    data,
    '-w',
    '-l',
    join(folder, 'log'),
    '-o',
    settings,
    'start',
  ]);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop: () => {
      asServerUser(join(programs, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findPrograms(): string | null {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const versions = readdirSync(root).filter((version) => Number(version) >= 15);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest ? join(root, newest, 'bin') : null;
}

/** PostgreSQL refuses to run as root. */
function asServerUser(program: string, args: string[]): void {
  if (isRoot()) run('runuser', ['-u', 'postgres', '--', program, ...args]);
  else run(program, args);
}

function run(program: string, args: string[]): void {
  // The server inherits no pipe of ours, or this would wait for its end.
  const ended = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'ignore'],
    cwd: '/',
    timeout: 60_000,
  });
  if (ended.status !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${ended.status ?? ended.signal}`);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });
}
