import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';

/** Jobs act as the system; nobody else may do their work. */
export function requireSystem(ctx: Context): void {
  if (ctx.actor.kind !== 'system') throw new DomainError('forbidden', { public: { key: 'photos.notFound' } });
}
