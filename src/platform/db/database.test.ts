import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { availableDatabases, openTestDatabase } from '../../../tests/doubles/test-database.ts';
import { outboxMails } from '../mail/tables.ts';
import { rows } from './rows.ts';
import { isUniqueViolation } from './sql-errors.ts';

const newMail = (uniqueKey: string) => ({
  id: randomUUID(),
  uniqueKey,
  kind: 'test',
  recipient: 'lea@example.org',
  locale: 'fr' as const,
  subject: 's',
  text: 't',
  html: 'h',
  state: 'kept' as const,
  createdAt: new Date('2026-06-14T10:00:00.123Z'),
});

describe.each(availableDatabases)('database on %s', (kind) => {
  let database: Awaited<ReturnType<typeof openTestDatabase>>;
  beforeAll(async () => {
    database = await openTestDatabase(kind);
  });
  afterAll(() => database.close());

  it('migrates twice and at once without harm', async () => {
    await (kind === 'postgres' ? Promise.all([database.migrate(), database.migrate()]) : database.migrate());
    const [count] = await rows<{ n: number }>(database.db, sql`select count(*)::int as n from outbox_mails`);
    expect(count?.n).toBe(0);
  });

  it('names the broken unique key', async () => {
    await database.db.insert(outboxMails).values(newMail('once'));
    const second = database.db.insert(outboxMails).values(newMail('once'));
    const error = await second.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(isUniqueViolation(error)).toBe(true);
    expect(isUniqueViolation(error, 'outbox_mails_uniqueKey_unique')).toBe(true);
    expect(isUniqueViolation(error, 'another_key')).toBe(false);
  });

  it('keeps nothing of a failed transaction, and an instant to the millisecond', async () => {
    const failing = database.db.transaction(async (tx) => {
      await tx.insert(outboxMails).values(newMail('lost'));
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    await database.db.insert(outboxMails).values(newMail('kept'));
    const kept = await database.db.select().from(outboxMails).where(eq(outboxMails.uniqueKey, 'kept'));
    expect(kept[0]?.createdAt.toISOString()).toBe('2026-06-14T10:00:00.123Z');
    expect(await database.db.select().from(outboxMails).where(eq(outboxMails.uniqueKey, 'lost'))).toEqual([]);
  });

  it('answers a ping', async () => {
    await expect(database.ping(2_000)).resolves.toBeUndefined();
  });
});
