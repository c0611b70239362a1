import 'server-only';
import { notFound } from 'next/navigation';
import { type Context, withActor } from '#context.ts';
import { baseContext } from './base-context.ts';
import { isLocale } from './locales.ts';
import { visitorHolder } from './visitor-holder.ts';

/** An anonymous context that reads nothing of the request, so that the page may be kept for everybody; on the pages of a
 *  closed event, its visitor's own. An address such as
 *  /favicon.ico has no language: it is not found, before a page tries to speak it. */
export async function publicContext(locale: string): Promise<Context> {
  if (!isLocale(locale)) notFound();
  const { visitor } = visitorHolder();
  if (visitor) return visitor;
  return withActor(baseContext(), { kind: 'anonymous' }, locale);
}
