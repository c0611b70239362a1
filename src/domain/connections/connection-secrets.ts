import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { openSealed, sealSecret } from '#platform/seal-secret.ts';
import { addressSecrets, type ConnectionRow, njukoSecrets } from './connection.ts';
import type { Fetched } from './connector.ts';
import { addressConnector } from './fetch-address.ts';
import { njukoConnector } from './fetch-njuko.ts';
import { connections } from './tables.ts';

/** Asks the source of a connection. The one place where its secrets are open. */
export async function fetchFromSource(ctx: Context, row: ConnectionRow): Promise<Fetched> {
  const secrets: unknown = JSON.parse(await openSecrets(ctx, row));
  if (row.kind === 'njuko') return njukoConnector.fetch(ctx, njukoSecrets.parse(secrets));
  return addressConnector.fetch(ctx, addressSecrets.parse(secrets));
}

/** Seals anew what an earlier AUTH_SECRET had sealed: after the first use the old one is not needed. */
async function openSecrets(ctx: Context, row: ConnectionRow): Promise<string> {
  const opened = openSealed(ctx.config, row.sealed, row.id);
  if (!opened) throw new DomainError('conflict', { public: { key: 'connections.keyLost' } });
  if (opened.isOld) {
    const sealed = sealSecret(ctx.config, opened.plain, row.id);
    await ctx.db.update(connections).set({ sealed }).where(eq(connections.id, row.id));
  }
  return opened.plain;
}
