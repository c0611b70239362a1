import { type Logger, pino } from 'pino';
import { errorText } from './error-text.ts';
import type { Log } from './log.ts';

interface Destination {
  write(line: string): void;
}

/** Names of fields that must never be written, wherever they stand up to two levels down. */
const SECRET_FIELDS = new Set([
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  'email',
  'to',
  'recipient',
  'apiKey',
]);
const LEVELS_DOWN = 2;
const MOST_HELD_LINES = 256;

/** JSON lines on standard output. Fields with the names of secrets or of addresses are replaced; `error` is told in words. */
export function openLog(options: {
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  fields?: object;
  /** For tests; standard output when left out. */
  destination?: Destination;
}): Log {
  const logger = pino(
    {
      level: options.level,
      base: hideSecrets(options.fields ?? {}),
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { error: errorText },
      formatters: { level: (level) => ({ level }) },
    },
    options.destination ?? writeTogether(pino.destination({ dest: 1, sync: true })),
  );
  return withoutSecrets(logger);
}

function withoutSecrets(logger: Logger): Log {
  return {
    debug: (fields, message) => logger.debug(hideSecrets(fields), message),
    info: (fields, message) => logger.info(hideSecrets(fields), message),
    warn: (fields, message) => logger.warn(hideSecrets(fields), message),
    error: (fields, message) => logger.error(hideSecrets(fields), message),
    child: (fields) => withoutSecrets(logger.child(hideSecrets(fields))),
  };
}

/** The same object when it holds no secret, which is nearly always: a line per request must cost next to nothing. */
function hideSecrets<Fields extends object>(fields: Fields, levelsDown = LEVELS_DOWN): Fields {
  let hidden: Fields | null = null;
  for (const [name, value] of Object.entries(fields)) {
    const shown = shownValue(name, value, levelsDown);
    if (shown === value) continue;
    hidden ??= Array.isArray(fields) ? Object.assign([], fields) : { ...fields };
    Reflect.set(hidden, name, shown);
  }
  return hidden ?? fields;
}

function shownValue(name: string, value: unknown, levelsDown: number): unknown {
  if (SECRET_FIELDS.has(name)) return '[hidden]';
  // An error is written as text, which hides what it must by itself.
  if (levelsDown === 0 || typeof value !== 'object' || value === null || value instanceof Error) return value;
  return hideSecrets(value, levelsDown - 1);
}

/** One write for all lines of a turn of the event loop; what a sudden end of the process leaves is written too. */
function writeTogether(destination: Destination): Destination {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length === 0) return;
    const text = lines.join('');
    lines = [];
    destination.write(text);
  };
  process.on('exit', flush);
  return {
    write(line) {
      if (lines.push(line) === 1) setImmediate(flush);
      if (lines.length >= MOST_HELD_LINES) flush();
    },
  };
}
