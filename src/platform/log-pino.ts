import { pino } from 'pino';
import { errorText } from './error-text.ts';
import type { Log } from './log.ts';

/** Names of fields that must never be written, wherever they stand up to two levels down. */
const SECRET_FIELDS = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'email',
  'to',
  'recipient',
  'apiKey',
];

/** JSON lines on standard output. Fields with the names of secrets or of addresses are replaced; `error` is told in words. */
export function openLog(options: {
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  fields?: object;
  /** For tests; standard output when left out. */
  destination?: { write(line: string): void };
}): Log {
  const paths = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino(
    {
      level: options.level,
      base: options.fields ?? {},
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths, censor: '[hidden]' },
      serializers: { error: errorText },
      formatters: { level: (level) => ({ level }) },
    },
    options.destination ?? pino.destination({ dest: 1, sync: true }),
  );
}
