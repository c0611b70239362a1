import type { Context } from '#context.ts';
import { requireAdmin } from '#domain/accounts/require-account.ts';
import { CSV_MARK, csvRow } from '#platform/csv.ts';
import { listCreditBalances } from './list-credit-balances.ts';
import { listCreditEntries } from './list-credit-entries.ts';

const PAGE = 200;
const MOST_PAGES = 500;
const HEAD = ['date', 'organisation', 'movement', 'credits', 'photo_id', 'reason'];

/**
 * Every movement of credits for operators, organisation by organisation, newest first in each, as a table for spreadsheets,
 * piece by piece. Instants are UTC. Throws 'forbidden' before the first piece.
 */
export function exportCredits(ctx: Context): AsyncGenerator<string> {
  requireAdmin(ctx);
  return writeOrganisations(ctx);
}

async function* writeOrganisations(ctx: Context): AsyncGenerator<string> {
  yield CSV_MARK + csvRow(HEAD);
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { organisations, next } = await listCreditBalances(ctx, { after, limit: PAGE });
    for (const organisation of organisations) yield* writeEntries(ctx, organisation);
    if (next === null) return;
    after = next;
  }
}

async function* writeEntries(
  ctx: Context,
  { organisationId, name }: { organisationId: string; name: string },
): AsyncGenerator<string> {
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { entries, next } = await listCreditEntries(ctx, { organisationId, after, limit: PAGE });
    const rows = entries.map(({ createdAt, kind, credits, photoId, reason }) =>
      csvRow([createdAt.toISOString(), name, kind, credits, photoId ?? '', reason ?? '']),
    );
    if (rows.length > 0) yield rows.join('');
    if (next === null) return;
    after = next;
  }
}
