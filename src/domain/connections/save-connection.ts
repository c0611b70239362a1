import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { lockEvent } from '#domain/events/lock-event.ts';
import { DomainError } from '#platform/errors.ts';
import { FetchRefused } from '#platform/fetch-public/fetch-refused.ts';
import { checkUrl } from '#platform/fetch-public/public-url.ts';
import { parseInput } from '#platform/parse-input.ts';
import { sealSecret } from '#platform/seal-secret.ts';
import {
  type ConnectionInput,
  connectionSchema,
  MAX_CONNECTIONS,
  type ParsedConnection,
} from './connection.ts';
import { requireLiveEvent } from './require-own-connection.ts';
import { connections } from './tables.ts';

/** The end of a shorter key is too much of it to be shown. */
const LEAST_TO_SHOW = 16;

/** Keeps a connection of an own event; nothing is fetched yet. Its key and address are sealed and never given back. */
export async function saveConnection(
  ctx: Context,
  input: ConnectionInput,
): Promise<{ connectionId: string }> {
  const event = await requireLiveEvent(ctx, input.eventId);
  const wanted = parseInput(connectionSchema, input);
  const { shown, secret, plain } = describe(ctx, wanted);
  const id = ctx.random.id();
  await inTransaction(ctx, async (tx) => {
    await lockEvent(tx, event.id);
    if ((await tx.db.$count(connections, eq(connections.eventId, event.id))) >= MAX_CONNECTIONS) {
      throw new DomainError('conflict', {
        public: { key: 'connections.tooMany', values: { max: MAX_CONNECTIONS } },
      });
    }
    await tx.db.insert(connections).values({
      id,
      eventId: event.id,
      kind: wanted.kind,
      shown,
      sealed: sealSecret(tx.config, JSON.stringify(plain), id),
      secretEnd: secret.length >= LEAST_TO_SHOW ? secret.slice(-4) : '',
      isScheduled: wanted.isScheduled,
      createdBy: tx.actor.kind === 'account' ? tx.actor.userId : null,
      createdAt: tx.clock.now(),
    });
    await recordAudit(tx, {
      action: 'connections.save',
      subjectKind: 'event',
      subjectId: event.id,
      details: { kind: wanted.kind, scheduled: wanted.isScheduled },
    });
  });
  return { connectionId: id };
}

function describe(ctx: Context, wanted: ParsedConnection): { shown: string; secret: string; plain: object } {
  if (wanted.kind === 'njuko') {
    const { editionId, apiKey } = wanted;
    return { shown: editionId, secret: apiKey, plain: { editionId, apiKey } };
  }
  const { address, token } = wanted;
  return { shown: hostOf(ctx, address), secret: token ?? address, plain: { address, token } };
}

function hostOf(ctx: Context, address: string): string {
  try {
    return checkUrl(address, ctx.config.connectionHosts).url.host;
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    // As Zod tells of a field, so that the form shows it there.
    const issues = [{ path: ['address'], message: 'connections.addressRefused' }];
    throw new DomainError('bad-input', { public: { key: 'connections.addressRefused' }, cause: { issues } });
  }
}
