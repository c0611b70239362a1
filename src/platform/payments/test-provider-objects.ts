import { and, eq, sum } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { testProviderObjects } from './tables.ts';
import {
  missingAtTestProvider,
  refusedByTestProvider,
  type TestProviderContext,
} from './test-provider-books.ts';

export type ObjectRow = typeof testProviderObjects.$inferSelect;
export type ObjectKind = ObjectRow['kind'];

interface Wanted {
  kind: ObjectKind;
  idempotencyKey: string;
  parentId?: string;
  amountCents?: number;
  state?: ObjectRow['state'];
  request: Record<string, unknown>;
}

const PREFIXES: Record<ObjectKind, string> = {
  seller: 'acct',
  onboarding: 'link',
  transfer: 'tr',
  reversal: 'trr',
  dispute: 'dp',
  evidence: 'ev',
  cancel: 'cn',
};

/**
 * One thing under one key: asked again it is given back, asked for something else it throws 'conflict'. `check` runs once,
 * in the transaction that keeps the thing, and refuses it by throwing.
 */
export async function makeOnce(
  ctx: TestProviderContext,
  wanted: Wanted,
  check: (tx: TestProviderContext) => Promise<void>,
): Promise<ObjectRow> {
  return ctx.db.transaction(async (db) => {
    const [made] = await db
      .insert(testProviderObjects)
      .values({
        state: 'new',
        ...wanted,
        id: `${PREFIXES[wanted.kind]}_test_${ctx.random.token(18)}`,
        createdAt: ctx.clock.now(),
      })
      .onConflictDoNothing({ target: testProviderObjects.idempotencyKey })
      .returning();
    if (made) {
      await check({ ...ctx, db });
      return made;
    }
    return requireSame(db, wanted);
  });
}

async function requireSame(db: Database, wanted: Wanted): Promise<ObjectRow> {
  const [known] = await db
    .select()
    .from(testProviderObjects)
    .where(eq(testProviderObjects.idempotencyKey, wanted.idempotencyKey));
  if (known && known.kind === wanted.kind && sameRequest(known, wanted)) return known;
  throw refusedByTestProvider('conflict', 'the idempotency key was used for something else');
}

/** Names of a request in one order: the database gives back a JSON object with its keys sorted its own way. */
function sameRequest(one: Wanted | ObjectRow, other: Wanted | ObjectRow): boolean {
  const asText = ({ request, amountCents = 0, parentId = null }: Wanted | ObjectRow) =>
    JSON.stringify([Object.entries(request).toSorted(byName), amountCents, parentId]);
  return asText(one) === asText(other);
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Locked until the transaction ends. Throws 'not-found'. */
export async function requireObject(db: Database, kind: ObjectKind, id: string): Promise<ObjectRow> {
  const [row] = await db
    .select()
    .from(testProviderObjects)
    .where(and(eq(testProviderObjects.id, id), eq(testProviderObjects.kind, kind)))
    .for('update');
  if (row) return row;
  throw missingAtTestProvider();
}

export async function findObject(
  db: Database,
  kind: ObjectKind,
  idempotencyKey: string,
): Promise<ObjectRow | null> {
  const [row] = await db
    .select()
    .from(testProviderObjects)
    .where(and(eq(testProviderObjects.idempotencyKey, idempotencyKey), eq(testProviderObjects.kind, kind)));
  return row ?? null;
}

/** What has been made of `parentId` so far, the present one included. */
export async function sumOf(db: Database, kind: ObjectKind, parentId: string): Promise<number> {
  const [row] = await db
    .select({ total: sum(testProviderObjects.amountCents).mapWith(Number) })
    .from(testProviderObjects)
    .where(and(eq(testProviderObjects.kind, kind), eq(testProviderObjects.parentId, parentId)));
  return row?.total ?? 0;
}
