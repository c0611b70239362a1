import 'server-only';
import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import type { Locale } from '#context.ts';
import { isDomainError, type PublicMessage } from '#platform/errors.ts';
import type { FormState } from './form.ts';

interface Issue {
  path: PropertyKey[];
  message: string;
  code?: string;
}

/** Turns a refusal into words for the form that was sent: one message, and one per field where the cause names them.
 *  Anything that is no refusal of ours is thrown on. */
export async function toFormState(error: unknown, locale: Locale, form?: FormData): Promise<FormState> {
  if (!isDomainError(error)) throw error;
  const say = await errorWords(locale);
  const fields: Record<string, string> = {};
  for (const issue of issuesOf(error.cause)) {
    fields[issue.path.join('.')] ??= say({
      key: isMessageKey(issue.message) ? issue.message : 'input.wrong',
    });
  }
  return { state: 'refused', id: randomUUID(), message: say(error.public), fields, typed: typedIn(form) };
}

/** Speaks the keys of errors.json; one that has no words yet says the general sentence instead of its own name. */
export async function errorWords(locale: Locale): Promise<(message: PublicMessage) => string> {
  const t = await getTranslations({ locale, namespace: 'errors' });
  return ({ key, values }) => (t.has(key) ? t(key, values ?? {}) : t('input.wrong'));
}

/** A refusal that is no error: its words are a key of errors.json, and perhaps of some fields, ready to be read. */
export async function refusedForm(
  key: string,
  locale: Locale,
  form?: FormData,
  fields: Record<string, string> = {},
): Promise<FormState> {
  const say = await errorWords(locale);
  return { state: 'refused', id: randomUUID(), message: say({ key }), fields, typed: typedIn(form) };
}

function typedIn(form: FormData | undefined): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form ?? []) {
    if (typeof value === 'string' && !/password|secret/iu.test(name) && !name.startsWith('$'))
      typed[name] = value;
  }
  return typed;
}

/** By shape: Zod is here twice, in the server and in the bundle of pages. */
function issuesOf(cause: unknown): Issue[] {
  if (typeof cause !== 'object' || cause === null || !('issues' in cause) || !Array.isArray(cause.issues))
    return [];
  return cause.issues;
}

function isMessageKey(message: string): boolean {
  return /^[a-z]+\.[a-zA-Z]+$/u.test(message);
}
