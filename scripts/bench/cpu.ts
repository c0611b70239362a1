import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second on every machine we run on. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of a living process, without its children. */
export function cpuSecondsOf(pid: number): number {
  const [user = 0, system = 0] = statOf(`${pid}`).slice(11, 13);
  return (user + system) / TICKS_PER_SECOND;
}

/** CPU seconds of all children of this process that have ended, and of theirs. */
export function cpuSecondsOfEndedChildren(): number {
  const [user = 0, system = 0] = statOf('self').slice(13, 15);
  return (user + system) / TICKS_PER_SECOND;
}

export function residentMb(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** The numbers after the name, which may itself hold blanks and brackets. */
function statOf(pid: string): number[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}
