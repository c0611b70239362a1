import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { auditEntries } from '#domain/audit/tables.ts';
import { openMail } from '#platform/mail/open-mail.ts';
import { makeAdmin, makePro } from '../../../tests/factories.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { dropDeadJob } from './drop-dead-job.ts';
import { dropMail } from './drop-mail.ts';
import { getQueueState } from './get-queue-state.ts';
import { listOutbox } from './list-outbox.ts';
import { retryDeadJob } from './retry-dead-job.ts';
import { retryMail } from './retry-mail.ts';

async function adminContext() {
  const ctx = await createTestContext();
  const { actor } = await makeAdmin(ctx);
  const { db, queue, clock, random } = ctx;
  return { ...ctx, actor, mail: openMail({ db, queue, clock, random, transport: 'kept' }) };
}

describe('the operator’s pages', () => {
  test('nobody but an admin sees or changes the queue and the outbox', async () => {
    const ctx = await createTestContext();
    const { actor } = await makePro(ctx);
    for (const who of [ctx, withActor(ctx, actor)]) {
      await expect(getQueueState(who, {})).rejects.toMatchObject({ code: 'forbidden' });
      await expect(listOutbox(who, {})).rejects.toMatchObject({ code: 'forbidden' });
      await expect(retryDeadJob(who, { jobId: 'a' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(dropDeadJob(who, { jobId: 'a' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(retryMail(who, { mailId: randomUUID() })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(dropMail(who, { mailId: randomUUID() })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  test('the queue page counts waiting jobs by kind', async () => {
    const ctx = await adminContext();
    await ctx.queue.enqueue(ctx.db, 'send-mail', { mailId: 'x' });
    const { counts, dead } = await getQueueState(ctx, {});
    expect(counts).toMatchObject([{ name: 'send-mail', waiting: 1 }]);
    expect(dead).toEqual([]);
  });

  test('retrying a dead job is written down, and a second time says that it is gone', async () => {
    const ctx = await adminContext();
    const jobId = randomUUID();
    let there = true;
    const queue = { ...ctx.queue, retryDead: async (id: string) => id === jobId && there };
    expect(await retryDeadJob({ ...ctx, queue }, { jobId })).toBe('retried');
    there = false;
    expect(await retryDeadJob({ ...ctx, queue }, { jobId })).toBe('gone');
    const written = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, jobId));
    expect(written.map((entry) => entry.action)).toEqual(['jobs.retry']);
  });

  test('what is no job is refused before the store is asked', async () => {
    const ctx = await adminContext();
    for (const jobId of ['', 'x', "1' or 1=1"]) {
      await expect(retryDeadJob(ctx, { jobId })).rejects.toMatchObject({ code: 'bad-input' });
      await expect(dropDeadJob(ctx, { jobId })).rejects.toMatchObject({ code: 'bad-input' });
      await expect(getQueueState(ctx, { after: jobId })).rejects.toMatchObject({ code: 'bad-input' });
    }
  });

  test('a kept mail can be read and dropped once', async () => {
    const ctx = await adminContext();
    const uniqueKey = `test/${randomUUID()}`;
    const message = {
      to: 'runner@example.org',
      subject: 'Vos photos',
      text: 'Bonjour',
      html: '<p>Bonjour</p>',
    };
    await ctx.mail.post(ctx.db, { ...message, uniqueKey, kind: 'order-ready', locale: 'fr' });
    const { mails, transport } = await listOutbox(ctx, { state: 'kept' });
    const mail = mails.find((other) => other.subject === 'Vos photos');
    expect(transport).toBe('kept');
    expect(mail).toMatchObject({ to: 'runner@example.org', text: 'Bonjour' });
    expect(await dropMail(ctx, { mailId: mail?.id ?? '' })).toBe('dropped');
    expect(await dropMail(ctx, { mailId: mail?.id ?? '' })).toBe('gone');
  });
});
