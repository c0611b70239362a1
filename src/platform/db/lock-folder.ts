import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCode } from '../has-code.ts';

/** Two processes on one embedded database lose rows without an error, so the second one must not start. */
export class FolderLocked extends Error {
  override name = 'FolderLocked';
}

/** Locks `folder` for this process and returns the way to let go. A lock whose process is gone is taken over. */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const draft = `${path}.${process.pid}`;
  const own = `${process.pid} ${startTimeOf(process.pid)}`;
  writeFileSync(draft, own, { flush: true });
  try {
    take(path, draft, folder);
  } finally {
    removeIfPresent(draft);
  }
  return () => {
    if (readIfPresent(path) === own) unlinkSync(path);
  };
}

function take(path: string, draft: string, folder: string): void {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      // Unlike open + write, a link makes the lock appear with its content.
      linkSync(draft, path);
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
    const holder = readIfPresent(path);
    if (holder === null) continue;
    if (isAlive(holder)) {
      throw new FolderLocked(
        `${folder} is in use by process ${holder.split(' ')[0]}; stop it, or choose another DATA_DIR`,
      );
    }
    setAside(path, holder, `${draft}.stale`);
  }
  throw new FolderLocked(`${folder}: other processes keep taking the lock`);
}

/** Renaming first makes sure that we remove the lock we judged, not one taken since. */
function setAside(path: string, judged: string, aside: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  if (readIfPresent(aside) === judged) {
    unlinkSync(aside);
    return;
  }
  linkSync(aside, path);
  unlinkSync(aside);
}

function isAlive(holder: string): boolean {
  const [pid, startTime] = holder.split(' ');
  return startTime !== 'unknown' ? startTimeOf(Number(pid)) === startTime : respondsToSignal(Number(pid));
}

/** A pid alone is reused after a restart; with its start time it names one process. */
function startTimeOf(pid: number): string {
  const stat = readIfPresent(`/proc/${pid}/stat`);
  if (stat === null) return 'unknown';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
}

function respondsToSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function removeIfPresent(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}
