import { DrizzleQueryError } from 'drizzle-orm/errors';
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

it('writes a failed query without its parameters, as an error, as text and as a cause', () => {
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const cause = Object.assign(new Error('connection lost'), { params: ['lea@example.org'] });
  const failed = new DrizzleQueryError('select $1, $2', ['lea@example.org', 'two\nlines of lea'], cause);
  log.error({ error: failed }, 'as an error');
  log.child({ job: 'mail' }).warn({ error: String(failed) }, 'as text');
  log.error({ error: new Error('no mail', { cause: failed }) }, 'as a cause');
  expect(lines.join('')).not.toContain('lea');
  expect(JSON.parse(lines[2] ?? '').error).toMatch(
    /no mail[\s\S]*select \$1, \$2[\s\S]*log-pino[\s\S]*connection lost/,
  );
});

it('hides in a copy, in lists and in the fields of a child, and leaves what it was given as it is', () => {
  const lines: string[] = [];
  const log = openLog({ level: 'info', destination: { write: (line) => lines.push(line) } });
  const fields = { mails: [{ to: 'lea@example.org' }], count: 1 };
  log.child({ secret: 'abc', job: 'send-mail' }).info(fields, 'sent');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    secret: '[hidden]',
    job: 'send-mail',
    mails: [{ to: '[hidden]' }],
    count: 1,
  });
  expect(fields.mails[0]?.to).toBe('lea@example.org');
});
