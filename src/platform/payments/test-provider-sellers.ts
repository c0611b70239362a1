import type { PaymentProvider, SellerAccount } from './payments.ts';
import {
  refusedByTestProvider,
  requireAmount,
  requireIntent,
  type TestProviderContext,
} from './test-provider-books.ts';
import { findObject, makeOnce, type ObjectRow, requireObject, sumOf } from './test-provider-objects.ts';

export async function createTestSeller(
  ctx: TestProviderContext,
  input: Parameters<PaymentProvider['createSellerAccount']>[0],
): Promise<SellerAccount> {
  const { idempotencyKey, ...request } = input;
  return toAccount(await makeOnce(ctx, { kind: 'seller', idempotencyKey, request }, async () => {}));
}

export async function getTestSeller(ctx: TestProviderContext, id: string): Promise<SellerAccount> {
  return toAccount(await requireObject(ctx.db, 'seller', id));
}

export async function testTransfer(
  ctx: TestProviderContext,
  input: Parameters<PaymentProvider['transfer']>[0],
): Promise<{ transferId: string }> {
  const { idempotencyKey, intentId, outOf, destinationId, amountCents, currency } = input;
  requireAmount(amountCents);
  const wanted = {
    kind: 'transfer' as const,
    idempotencyKey,
    amountCents,
    ...(outOf === 'payment' ? { parentId: intentId } : {}),
  };
  const made = await makeOnce(ctx, { ...wanted, request: { destinationId, currency } }, async (tx) => {
    const intent = await requireIntent(tx.db, intentId, true);
    const seller = await requireObject(tx.db, 'seller', destinationId);
    const fits = intent.state === 'succeeded' && intent.currency === currency && seller.state === 'ready';
    if (!fits) throw refusedByTestProvider('conflict', 'the transfer does not fit its payment or its seller');
    if (outOf === 'payment' && (await sumOf(tx.db, 'transfer', intentId)) > intent.amountCents) {
      throw refusedByTestProvider('conflict', 'more would be transferred than was paid');
    }
  });
  return { transferId: made.id };
}

export async function reverseTestTransfer(
  ctx: TestProviderContext,
  input: Parameters<PaymentProvider['reverseTransfer']>[0],
): Promise<{ outcome: 'reversed'; reversalId: string }> {
  const { idempotencyKey, transferId, amountCents } = input;
  requireAmount(amountCents);
  const wanted = { kind: 'reversal' as const, idempotencyKey, parentId: transferId, amountCents };
  const made = await makeOnce(ctx, { ...wanted, request: {} }, async (tx) => {
    const transfer = await requireObject(tx.db, 'transfer', transferId);
    if ((await sumOf(tx.db, 'reversal', transferId)) > transfer.amountCents) {
      throw refusedByTestProvider('conflict', 'more would be taken back than was transferred');
    }
  });
  return { outcome: 'reversed', reversalId: made.id };
}

export async function findTestTransfer(
  ctx: TestProviderContext,
  { idempotencyKey }: Parameters<PaymentProvider['findTransfer']>[0],
): Promise<{ transferId: string } | null> {
  const found = await findObject(ctx.db, 'transfer', idempotencyKey);
  return found && { transferId: found.id };
}

export async function findTestReversal(
  ctx: TestProviderContext,
  { idempotencyKey }: Parameters<PaymentProvider['findReversal']>[0],
): Promise<{ reversalId: string } | null> {
  const found = await findObject(ctx.db, 'reversal', idempotencyKey);
  return found && { reversalId: found.id };
}

function toAccount({ id, request, state }: ObjectRow): SellerAccount {
  const ready = state === 'ready';
  return {
    id,
    organisationId: typeof request.organisationId === 'string' ? request.organisationId : null,
    canReceive: ready,
    canPayOut: ready,
    requirements: {
      dueNow: ready ? [] : ['external_account'],
      dueLater: [],
      inReview: [],
      deadline: null,
      restrictedFor: ready ? null : 'requirements.past_due',
    },
  };
}
