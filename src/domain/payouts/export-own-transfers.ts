import type { Context } from '#context.ts';
import { CSV_MARK, csvRow } from '#platform/csv.ts';
import { requireOrganisation } from '../accounts/require-account.ts';
import { listOwnTransfers, type OwnTransfer } from './list-own-transfers.ts';

const PAGE = 200;
const MOST_PAGES = 500;
const HEAD = [
  'date',
  'order',
  'event',
  'role',
  'state',
  'share_minor_units',
  'sent_minor_units',
  'taken_back_minor_units',
  'currency',
];

/**
 * The own organisation's parts of paid orders as a table for spreadsheets, newest first, piece by piece. Instants are UTC,
 * amounts whole minor units. Throws 'forbidden' before the first piece.
 */
export function exportOwnTransfers(ctx: Context): AsyncGenerator<string> {
  requireOrganisation(ctx);
  return writeTransfers(ctx);
}

async function* writeTransfers(ctx: Context): AsyncGenerator<string> {
  yield CSV_MARK + csvRow(HEAD);
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { transfers, next } = await listOwnTransfers(ctx, { after, limit: PAGE });
    if (transfers.length > 0) yield transfers.map(toRow).join('');
    if (next === null) return;
    after = next;
  }
}

function toRow(transfer: OwnTransfer): string {
  return csvRow([
    transfer.createdAt.toISOString(),
    transfer.orderNumber,
    transfer.event?.name ?? '',
    transfer.role,
    transfer.state,
    transfer.shareCents,
    transfer.sentCents,
    transfer.reversedCents,
    transfer.currency,
  ]);
}
