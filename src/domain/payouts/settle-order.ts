import type { Context } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import { listOrderMovements } from '../ledger/list-order-movements.ts';
import { learnProviderFee } from '../orders/learn-provider-fee.ts';
import { decideTransfer } from './decide-transfer.ts';
import { postOrderBooks } from './post-order-books.ts';
import { sendTransfer } from './send-transfer.ts';
import { takeBackTransfer } from './take-back-transfer.ts';
import type { Beneficiary } from './transfer.ts';

/** More steps than any beneficiary of one order can need at once. */
const MAX_STEPS = 20;

/**
 * Brings an order's books and transfers to where its facts lead. It is handed no change and works out what is missing, so
 * that it may run twice, at once, in any order and after a crash. Throws 'unavailable' while the provider is down, after it
 * has done what could be done.
 */
export async function settleOrder(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  if ((await postOrderBooks(ctx, { orderId, fee: null })) === null) return;
  const unanswered: unknown[] = [];
  await tryAll(unanswered, async () => {
    const known = await listOrderMovements(ctx, { orderId });
    if (known.some(({ kind }) => kind === 'provider-fee')) return;
    const fee = await learnProviderFee(ctx, { orderId });
    if (fee !== null) await postOrderBooks(ctx, { orderId, fee });
  });
  for (const whose of await listBeneficiaries(ctx, orderId)) {
    await tryAll(unanswered, () => settleBeneficiary(ctx, { orderId, whose }));
  }
  if (unanswered.length > 0) throw unanswered[0];
}

/** One that the provider does not answer for must not keep the others waiting. */
async function tryAll(unanswered: unknown[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'unavailable') throw error;
    unanswered.push(error);
  }
}

async function listBeneficiaries(ctx: Context, orderId: string): Promise<Beneficiary[]> {
  const found = new Map<string, Beneficiary>();
  for (const { entries } of await listOrderMovements(ctx, { orderId })) {
    for (const { account } of entries) {
      const { kind: role, owner: organisationId, currency } = account;
      if (role !== 'seller' && role !== 'organiser') continue;
      found.set(`${role}/${organisationId}`, { role, organisationId, currency });
    }
  }
  return [...found.values()];
}

async function settleBeneficiary(
  ctx: Context,
  input: { orderId: string; whose: Beneficiary },
): Promise<void> {
  for (let steps = 0; steps < MAX_STEPS; steps += 1) {
    const step = await decideTransfer(ctx, input);
    if (step.kind === 'done') return;
    if (step.kind === 'send' && (await sendTransfer(ctx, step)) !== 'sent') return;
    if (step.kind === 'take-back' && (await takeBackTransfer(ctx, step)) === 'later') return;
  }
  throw new Error(`the transfers of the order ${input.orderId} do not come to rest`);
}
