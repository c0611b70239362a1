import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('writes every line, in order, though the process ends in the same turn', () => {
  const log = new URL('./log-pino.ts', import.meta.url).href;
  const script = `
    const { openLog } = await import(${JSON.stringify(log)});
    const log = openLog({ level: 'info' });
    for (let line = 0; line < 1000; line += 1) log.info({ line }, 'told');
    process.exit(3);`;
  let written = '';
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  } catch (error) {
    written = String(Reflect.get(Object(error), 'stdout'));
  }
  const lines = written.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).line)).toEqual(Array.from({ length: 1000 }, (_, line) => line));
});
