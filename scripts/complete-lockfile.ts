import { readFileSync, writeFileSync } from 'node:fs';
import { completeLockfile, type Lockfile } from './lockfile.ts';

// To be run after a change of dependencies: see lockfile.ts.
const lockfile: Lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const added = completeLockfile(lockfile);
writeFileSync('package-lock.json', `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(added.length === 0 ? 'package-lock.json is complete' : `added: ${added.join(', ')}`);
