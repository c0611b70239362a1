import { readFileSync } from 'node:fs';
import type { Locale } from '#context.ts';
import { DomainError, ERROR_STATUS, isDomainError, type PublicMessage } from '#platform/errors.ts';
import type { Log } from '#platform/log.ts';

export interface ErrorAnswer {
  status: 400 | 402 | 403 | 404 | 409 | 413 | 429 | 500 | 503;
  headers: Record<string, string>;
  body: { error: { code: string; message: string } };
}

/** What a machine door answers. Anything but a DomainError is logged once and told in general words. */
export function errorAnswer(error: unknown, locale: Locale, log: Log): ErrorAnswer {
  if (isDomainError(error)) {
    const status = ERROR_STATUS[error.code];
    if (status === 503) log.warn({ code: error.code, error: causeOf(error) }, 'request refused');
    const retry: Record<string, string> = status === 503 || status === 429 ? { 'retry-after': '10' } : {};
    return answer(status, error.code, error.public, locale, retry);
  }
  log.error(
    { error: error instanceof Error ? (error.stack ?? error.message) : 'not an error' },
    'request failed',
  );
  return answer(500, 'unexpected', { key: 'platform.unexpected' }, locale);
}

export function missingAnswer(locale: Locale, log: Log): ErrorAnswer {
  return errorAnswer(new DomainError('not-found', { public: { key: 'platform.notFound' } }), locale, log);
}

function answer(
  status: ErrorAnswer['status'],
  code: string,
  message: PublicMessage,
  locale: Locale,
  more: Record<string, string> = {},
): ErrorAnswer {
  return {
    status,
    headers: { 'cache-control': 'no-store', ...more },
    body: { error: { code, message: inWords(message, locale) } },
  };
}

/** The sentence behind a key of errors.json; the general one when the key is unknown. */
function inWords(message: PublicMessage, locale: Locale): string {
  const sentence = lookUp(message.key, locale) ?? lookUp('platform.unexpected', locale) ?? '';
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(message.values?.[name] ?? ''));
}

const sentences = new Map<Locale, unknown>();

function lookUp(key: string, locale: Locale): string | null {
  const known = sentences.get(locale) ?? readSentences(locale);
  sentences.set(locale, known);
  let found = known;
  for (const part of key.split('.')) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : null;
  }
  return typeof found === 'string' ? found : null;
}

function readSentences(locale: Locale): unknown {
  return JSON.parse(
    readFileSync(new URL(`../../../messages/${locale}/errors.json`, import.meta.url), 'utf8'),
  );
}

function causeOf(error: Error): string {
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}
