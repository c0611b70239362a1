import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Need {
  name: string;
  debianPackage: string;
  isThere(): boolean;
}

const NEEDS: Need[] = [
  {
    name: 'Chromium',
    debianPackage: 'chromium',
    isThere: () =>
      ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some((path) =>
        existsSync(path),
      ),
  },
  {
    name: 'PostgreSQL',
    debianPackage: 'postgresql',
    isThere: () => existsSync('/usr/lib/postgresql'),
  },
];

/** Installs through apt what is missing, where it may. Returns what is still missing. */
export function installNeeds(): Set<string> {
  const missing = NEEDS.filter((need) => !need.isThere());
  if (missing.length > 0 && mayInstall()) {
    const packages = missing.map((need) => need.debianPackage);
    console.log(`Installing ${packages.join(', ')}…`);
    apt(['update', '-qq']);
    apt(['install', '-y', '-qq', '--no-install-recommends', ...packages]);
  }
  return new Set(NEEDS.filter((need) => !need.isThere()).map((need) => need.name));
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function apt(args: string[]): void {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 300_000,
  });
  if (status !== 0) console.log(`apt-get ${args[0]} did not succeed`);
}
