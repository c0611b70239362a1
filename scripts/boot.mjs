// Any Node ≥ 20 can start this file. It installs what the lockfile asks for, then runs the given script
// under the Node 24 that comes with the project, or under this Node when it is 22.18 or newer.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules/.installed-lockfile');
const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockfile) {
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (install.status !== 0) process.exit(install.status ?? 1);
  writeFileSync(stamp, lockfile);
}

const own = ['linux-x64', 'linux-arm64']
  .map((platform) => join(root, `node_modules/node-${platform}/bin/node`))
  .find((path) => existsSync(path) && spawnSync(path, ['--version']).status === 0);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (!own && (major < 22 || (major === 22 && minor < 18))) {
  console.error(`Node ${process.versions.node} is too old here: Node 22.18 or newer is needed.`);
  process.exit(1);
}

const [script, ...args] = process.argv.slice(2);
const node = own ?? process.execPath;
// Node hardly gives back what its heap once took: a small young generation and early collections keep that 200 MB lower,
// and so do fewer arenas for the threads that compile. docs/decisions/014.
const flags = ['--max-semi-space-size=8', '--initial-old-space-size=64', '--heap-growing-percent=40'];
if (script.endsWith('.ts')) flags.push('--disable-warning=ExperimentalWarning');
const env = { MALLOC_ARENA_MAX: '2', ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}` };
const child = spawn(node, [...flags, script, ...args], { cwd: process.cwd(), stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)));
