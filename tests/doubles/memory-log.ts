import type { Log } from '#platform/log.ts';

export interface MemoryLog extends Log {
  readonly lines: { level: string; fields: object; message: string }[];
}

export function newMemoryLog(lines: MemoryLog['lines'] = [], bound: object = {}): MemoryLog {
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...bound, ...fields }, message });
  };
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    child: (fields) => newMemoryLog(lines, { ...bound, ...fields }),
  };
}
