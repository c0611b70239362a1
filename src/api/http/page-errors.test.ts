import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, it } from 'vitest';
import { openLog } from '#platform/log-pino.ts';
import { logPageErrors } from './page-errors.ts';

it('an error of a page is one line of the log, without the parameters of its query', () => {
  const lines: string[] = [];
  const output: Pick<Console, 'error'> = { error: () => lines.push('on the console') };
  logPageErrors(openLog({ level: 'info', destination: { write: (line) => lines.push(line) } }), output);
  output.error('⨯', new DrizzleQueryError('select $1', ['lea@example.org'], new Error('connection lost')));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '').error).toMatch(
    /^⨯ Error: Failed query: select \$1\n[\s\S]*connection lost/,
  );
  expect(lines[0]).not.toContain('lea@');
});
