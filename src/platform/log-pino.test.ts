import { expect, it } from 'vitest';
import { openLog } from './log-pino.ts';

it('writes no secret and no address, also one level down', () => {
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
  log.info(
    { email: 'lea@example.org', password: 'hunter2', mail: { to: 'lea@example.org' }, orderId: 'o1' },
    'paid',
  );
  log.child({ job: 'send-mail' }).warn({ token: 'abc' }, 'late');
  log.debug({}, 'unseen');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toMatch(/lea@|hunter2|abc/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'info', orderId: 'o1', msg: 'paid' });
});
