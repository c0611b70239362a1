import 'server-only';
import { type Context, withActor } from '#context.ts';
import { baseContext } from './base-context.ts';
import { isLocale } from './locales.ts';

/** An anonymous context that reads nothing of the request, so that the page may be kept for everybody. */
export async function publicContext(locale: string): Promise<Context> {
  return withActor(baseContext(), { kind: 'anonymous' }, isLocale(locale) ? locale : 'fr');
}
