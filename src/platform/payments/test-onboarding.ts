import { eq } from 'drizzle-orm';
import { testProviderObjects } from './tables.ts';
import { enqueueNotice, requireTestPayments, type TestProviderContext } from './test-provider-books.ts';
import { makeOnce, type ObjectRow, requireObject } from './test-provider-objects.ts';

const LINK_LIFE_MS = 5 * 60_000;

/** What the provider's page shows; the id in its address cannot be guessed. */
interface TestOnboardingView {
  linkId: string;
  state: 'open' | 'used' | 'expired';
  returnUrl: string;
  refreshUrl: string;
}

/** Throws 'not-found' for a page that was never opened, and 'unavailable' where test payments are off. */
export async function getTestOnboarding(
  ctx: TestProviderContext,
  { linkId }: { linkId: string },
): Promise<TestOnboardingView> {
  requireTestPayments(ctx);
  return toView(ctx, await requireObject(ctx.db, 'onboarding', linkId));
}

/** The seller gives everything that is asked for; a notice says so. A used or expired page changes nothing. */
export async function finishTestOnboarding(
  ctx: TestProviderContext,
  { linkId }: { linkId: string },
): Promise<TestOnboardingView> {
  requireTestPayments(ctx);
  return ctx.db.transaction(async (db) => {
    const tx = { ...ctx, db };
    const link = await requireObject(db, 'onboarding', linkId);
    const view = toView(ctx, link);
    if (view.state !== 'open' || link.parentId === null) return view;
    await setReady(tx, linkId);
    await setReady(tx, link.parentId);
    await enqueueNotice(tx, null, { type: 'seller-updated', accountId: link.parentId });
    return { ...view, state: 'used' };
  });
}

/** Writes down that a seller is led to the page, and where it leads on. */
export async function openTestOnboarding(
  ctx: TestProviderContext,
  input: { accountId: string; returnUrl: string; refreshUrl: string; idempotencyKey: string },
): Promise<{ url: string; expiresAt: Date }> {
  const { idempotencyKey, accountId, returnUrl, refreshUrl } = input;
  const wanted = { kind: 'onboarding' as const, idempotencyKey, parentId: accountId };
  const link = await makeOnce(ctx, { ...wanted, request: { returnUrl, refreshUrl } }, async (tx) => {
    await requireObject(tx.db, 'seller', accountId);
  });
  const locale = URL.parse(returnUrl)?.pathname.split('/')[1] === 'en' ? 'en' : 'fr';
  return {
    url: `${ctx.config.publicUrl}/${locale}/test-onboarding/${link.id}`,
    expiresAt: new Date(link.createdAt.getTime() + LINK_LIFE_MS),
  };
}

async function setReady(tx: TestProviderContext, id: string): Promise<void> {
  await tx.db.update(testProviderObjects).set({ state: 'ready' }).where(eq(testProviderObjects.id, id));
}

function toView(ctx: TestProviderContext, { id, state, request, createdAt }: ObjectRow): TestOnboardingView {
  const old = ctx.clock.now().getTime() - createdAt.getTime() > LINK_LIFE_MS;
  const textOf = (name: string) => (typeof request[name] === 'string' ? request[name] : '');
  const unused = old ? 'expired' : 'open';
  return {
    linkId: id,
    state: state === 'ready' ? 'used' : unused,
    returnUrl: textOf('returnUrl'),
    refreshUrl: textOf('refreshUrl'),
  };
}
