import type { Context } from '#context.ts';
import { auditEntries } from './tables.ts';

interface AuditInput {
  /** What was done, as 'events.publish'. */
  action: string;
  subjectKind: string;
  subjectId: string;
  /** Facts without personal data. */
  details?: Record<string, string | number | boolean | null>;
}

/** Adds one line to the audit trail, in the caller's transaction. */
export async function recordAudit(ctx: Context, input: AuditInput): Promise<void> {
  await ctx.db.insert(auditEntries).values({
    id: ctx.random.id(),
    at: ctx.clock.now(),
    actorKind: ctx.actor.kind,
    actorId: actorId(ctx),
    action: input.action,
    subjectKind: input.subjectKind,
    subjectId: input.subjectId,
    details: input.details ?? {},
  });
}

function actorId({ actor }: Context): string | null {
  if (actor.kind === 'account') return actor.userId;
  return actor.kind === 'system' ? actor.name : null;
}
