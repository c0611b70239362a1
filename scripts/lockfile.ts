/**
 * Optional packages for other platforms (compilers, linters) that a registry does not serve are left out of the lockfile
 * by `npm install`, and `npm ci` then refuses the lockfile. An entry with its version and platform is enough: where the
 * platform differs nothing is fetched.
 */
interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  optionalDependencies?: Record<string, string>;
}

export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
  'aix',
];
const PROCESSORS = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el'];

/** Adds the missing entries in place and gives their names. */
export function completeLockfile(lockfile: Lockfile): string[] {
  const added = missingPackages(lockfile);
  for (const { name, version, dev } of added) {
    const system = SYSTEMS.find((known) => name.includes(known));
    const processor = PROCESSORS.find((known) => name.includes(known));
    lockfile.packages[`node_modules/${name}`] = {
      version,
      ...(dev ? { dev } : {}),
      optional: true,
      ...(system ? { os: [system] } : {}),
      ...(processor ? { cpu: [processor] } : {}),
    };
  }
  const sorted = Object.entries(lockfile.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  lockfile.packages = Object.fromEntries(sorted);
  return added.map(({ name }) => name);
}

/** Optional dependencies without an entry anywhere. */
export function missingPackages(lockfile: Lockfile): { name: string; version: string; dev: boolean }[] {
  const missing = new Map<string, { name: string; version: string; dev: boolean }>();
  for (const { optionalDependencies = {}, dev = false } of Object.values(lockfile.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const known = Object.keys(lockfile.packages).some((path) => path.endsWith(`node_modules/${name}`));
      if (!known && /^\d/.test(version)) missing.set(name, { name, version, dev });
    }
  }
  return [...missing.values()];
}
