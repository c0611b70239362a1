import 'server-only';
import { notFound, redirect } from 'next/navigation';
import type { Context } from '#context.ts';
import { isProRole } from '#domain/accounts/account.ts';
import { isDomainError } from '#platform/errors.ts';
import { requestContext } from './request-context.ts';

/** A page for signed-in people: everyone else is sent to sign in, and comes back to `path` after it. */
export async function requireAccountPage(locale: string, path: string): Promise<Context> {
  const ctx = await requestContext(locale);
  if (ctx.actor.kind !== 'account') redirect(signInAddress(locale, path));
  return ctx;
}

/** A page of the pro space. A runner lands on their account; an operator too, who has no organisation. */
export async function requireProPage(locale: string, path: string): Promise<Context> {
  const ctx = await requireAccountPage(locale, path);
  if (ctx.actor.kind !== 'account' || !isProRole(ctx.actor.role) || !ctx.actor.organisationId) {
    redirect(`/${locale}/account`);
  }
  return ctx;
}

/** A page of the operator's space: for everyone else it does not exist. */
export async function requireAdminPage(locale: string): Promise<Context> {
  const ctx = await requestContext(locale);
  if (ctx.actor.kind !== 'account' || ctx.actor.role !== 'ADMIN') notFound();
  return ctx;
}

const ABSENT = new Set(['not-found', 'forbidden', 'bad-input']);

/** For the end of a read in a page: what is not there, not yours, or no address of ours, becomes the page that says so. */
export function absentPage(error: unknown): never {
  if (isDomainError(error) && ABSENT.has(error.code)) notFound();
  throw error;
}

function signInAddress(locale: string, path: string): string {
  return `/${locale}/sign-in?next=${encodeURIComponent(path)}`;
}

/** A path of our own pages to go on to after sign-in; null for anything that could lead elsewhere. */
export function safeNextPath(path: string | undefined): string | null {
  return path !== undefined && /^\/(?:fr|en)(?:\/[\w\-/.?=&%]*)?$/u.test(path) && !path.includes('//')
    ? path
    : null;
}
