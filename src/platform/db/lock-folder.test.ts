import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FolderLocked, lockFolder } from './lock-folder.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'focus-racer-lock-'));
const lockScript = new URL('./lock-folder.ts', import.meta.url).href;

function holdElsewhere(folder: string) {
  const code = `const { lockFolder } = await import(${JSON.stringify(lockScript)});
    lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

describe('lock of the data folder', () => {
  it('refuses a second process while the first lives, and takes over after it was killed', async () => {
    const folder = newFolder();
    const holder = holdElsewhere(folder);
    await once(holder.stdout, 'data');
    expect(() => lockFolder(folder)).toThrow(FolderLocked);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const unlock = lockFolder(folder);
    unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over the lock of a process whose number another one has now', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'lock'), `${process.ppid} 1`);
    lockFolder(folder)();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
