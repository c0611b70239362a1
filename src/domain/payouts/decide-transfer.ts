import { and, asc, eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { accountKey, type MovementKind } from '../ledger/account.ts';
import { listOrderMovements, type OrderMovement } from '../ledger/list-order-movements.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { postMovement } from '../ledger/post-movement.ts';
import { findUnderWay } from './find-under-way.ts';
import { moveTransfer } from './move-transfer.ts';
import { type OrderMoney, readMoneyFacts } from './read-money-facts.ts';
import { sellerAccounts, transferReversals, transfers } from './tables.ts';
import {
  accountOf,
  type Beneficiary,
  debtOf,
  newTransferKey,
  type ReversalRow,
  remaining,
  sourceOf,
  type TransferRow,
  type TransferStep,
} from './transfer.ts';

interface State {
  money: OrderMoney;
  whose: Beneficiary;
  rows: TransferRow[];
  movements: OrderMovement[];
  /** What the order still owes the beneficiary; below zero: they were sent more than is theirs now. */
  owedCents: number;
}

/** What is to be done next about one beneficiary's part of an order, written down before the provider is asked. */
export async function decideTransfer(
  ctx: Context,
  { orderId, whose }: { orderId: string; whose: Beneficiary },
): Promise<TransferStep> {
  return inTransaction(ctx, async (tx) => {
    const money = await readMoneyFacts(tx, { orderId });
    if (money === null || money.provider !== tx.payments.name) return { kind: 'done' };
    const rows = await listTransfers(tx, orderId, whose);
    const underWay = await findUnderWay(tx, money, rows);
    if (underWay) return underWay;
    const movements = await listOrderMovements(tx, { orderId });
    const state = { money, whose, rows, movements, owedCents: owed(movements, whose) };
    if (state.owedCents < 0) return takeBack(tx, state);
    const held = await holdRow(tx, state);
    return held ? release(tx, state, held) : { kind: 'done' };
  });
}

async function listTransfers(tx: Context, orderId: string, whose: Beneficiary): Promise<TransferRow[]> {
  return tx.db
    .select()
    .from(transfers)
    .where(
      and(
        eq(transfers.orderId, orderId),
        eq(transfers.organisationId, whose.organisationId),
        eq(transfers.role, whose.role),
      ),
    )
    .orderBy(asc(transfers.part));
}

function owed(movements: OrderMovement[], whose: Beneficiary): number {
  const key = accountKey(accountOf(whose));
  const entries = movements.flatMap((movement) => movement.entries);
  const sum = entries.reduce(
    (total, { account, amount }) => (accountKey(account) === key ? total + amount : total),
    0,
  );
  return sum === 0 ? 0 : -sum;
}

/** What a reversal may follow. */
const TAKES = new Set<MovementKind>(['refund', 'dispute-withdrawn', 'dispute-lost']);

/** From the latest transfer first; what no transfer covers becomes a debt at once. */
async function takeBack(
  tx: Context,
  { money, whose, rows, movements, owedCents }: State,
): Promise<TransferStep> {
  const transfer = rows.findLast((row) => row.state === 'sent' && remaining(row) > 0);
  const now = tx.clock.now();
  if (!transfer) {
    const debts = movements.filter((movement) => movement.kind === 'debt').length;
    await postMovement(tx, {
      uniqueKey: `debt/${money.orderId}/${whose.role}/${whose.organisationId}/${debts}`,
      kind: 'debt',
      orderId: money.orderId,
      happenedAt: now,
      entries: [
        { account: accountOf(whose), amount: owedCents },
        { account: debtOf(whose), amount: -owedCents },
      ],
    });
    return { kind: 'again' };
  }
  const id = tx.random.id();
  const reversal: ReversalRow = {
    id,
    transferId: transfer.id,
    causeId: (await findCause(tx, transfer, movements)) ?? id,
    amountCents: Math.min(-owedCents, remaining(transfer)),
    idempotencyKey: `reversal/${id}`,
    reversalId: null,
    state: 'sending',
    createdAt: now,
    updatedAt: now,
  };
  await tx.db.insert(transferReversals).values(reversal);
  return { kind: 'take-back', transfer, reversal };
}

/** The latest refund or dispute that no other reversal of this transfer follows. */
async function findCause(
  tx: Context,
  transfer: TransferRow,
  movements: OrderMovement[],
): Promise<string | null> {
  const known = await tx.db
    .select({ causeId: transferReversals.causeId })
    .from(transferReversals)
    .where(eq(transferReversals.transferId, transfer.id));
  const used = new Set(known.map(({ causeId }) => causeId));
  const cause = movements.findLast(({ kind, uniqueKey }) => TAKES.has(kind) && !used.has(uniqueKey));
  return cause?.uniqueKey ?? null;
}

/** The row that waits to be sent: the sale's own, or another part when money is owed again. Null when nothing is owed. */
async function holdRow(tx: Context, { money, whose, rows, owedCents }: State): Promise<TransferRow | null> {
  const waiting = rows.find((row) => row.state === 'held');
  if (waiting && owedCents === 0) {
    await moveTransfer(tx, waiting, { state: 'nothing-left' });
    return null;
  }
  if (waiting || owedCents === 0) return waiting ?? null;
  const now = tx.clock.now();
  const row: TransferRow = {
    ...whose,
    id: tx.random.id(),
    orderId: money.orderId,
    part: (rows.at(-1)?.part ?? 0) + 1,
    shareCents: owedCents,
    sentCents: 0,
    reversedCents: 0,
    state: 'held',
    idempotencyKey: null,
    transferId: null,
    createdAt: now,
    updatedAt: now,
  };
  await tx.db.insert(transfers).values(row);
  return row;
}

/** Sends what is owed less what the beneficiary owes from elsewhere, unless something speaks for waiting. */
async function release(
  tx: Context,
  { money, whose, rows, movements, owedCents }: State,
  row: TransferRow,
): Promise<TransferStep> {
  const seller = await findReady(tx, whose.organisationId);
  if (!seller) return { kind: 'done' };
  if (mustWait(tx, money, movements)) {
    // To the end of the sweep's line.
    await moveTransfer(tx, row, {});
    return { kind: 'done' };
  }
  const [own, debt] = [accountOf(whose), debtOf(whose)];
  const accounts = await lockAccounts(tx, [own, debt]);
  const nettedCents = Math.min(owedCents, Math.max(0, accounts.balanceOf(debt)));
  const idempotencyKey = newTransferKey(row.id, tx.clock.now(), tx.random.id());
  if (nettedCents > 0) {
    await postMovement(tx, {
      uniqueKey: `debt-netted/${idempotencyKey}`,
      kind: 'debt-netted',
      orderId: money.orderId,
      happenedAt: tx.clock.now(),
      entries: [
        { account: own, amount: nettedCents },
        { account: debt, amount: -nettedCents },
      ],
    });
  }
  const sentCents = owedCents - nettedCents;
  if (sentCents === 0) {
    await moveTransfer(tx, row, { state: 'nothing-left' });
    return { kind: 'done' };
  }
  const transfer = { ...row, state: 'sending' as const, sentCents, idempotencyKey };
  await moveTransfer(tx, row, { state: 'sending', sentCents, idempotencyKey });
  const outOf = sourceOf(rows, row);
  return { kind: 'send', transfer, accountId: seller.accountId, intentId: money.intentId, outOf };
}

async function findReady(tx: Context, organisationId: string): Promise<{ accountId: string } | null> {
  const [seller] = await tx.db
    .select()
    .from(sellerAccounts)
    .where(
      and(eq(sellerAccounts.organisationId, organisationId), eq(sellerAccounts.provider, tx.payments.name)),
    );
  if (!seller?.canReceive || seller.leftAt !== null || seller.accountId === null) return null;
  return { accountId: seller.accountId };
}

function mustWait(tx: Context, money: OrderMoney, movements: OrderMovement[]): boolean {
  if (money.disputed) return true;
  const heldUntil = money.paidAt.getTime() + tx.config.delayedPaymentHoldDays * 24 * 3600_000;
  if (money.delayed && tx.clock.now().getTime() < heldUntil) return true;
  const feeKnown = money.feeKnown || movements.some((movement) => movement.kind === 'provider-fee');
  return tx.config.providerFeeBorneBy === 'seller' && !feeKnown;
}
