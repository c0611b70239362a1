import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPglite, type PgliteDatabasePort } from '../db/pglite.ts';
import type { Queue } from '../queue/queue.ts';
import { systemRandom } from '../system-clock.ts';
import type { Mail, MailMessage, MailTransport } from './mail.ts';
import { MailRefused } from './mail-refused.ts';
import { openMail } from './open-mail.ts';
import { giveUpMail, sendMail } from './send-mail.ts';

const clock = { now: () => new Date('2026-06-01T10:00:00Z') };
let database: PgliteDatabasePort;
let jobs: { name: string; mailId: string }[] = [];

const queue: Pick<Queue, 'enqueue'> = {
  async enqueue(_db, name, data) {
    jobs.push({ name, mailId: String('mailId' in data ? data.mailId : '') });
  },
};

beforeAll(async () => {
  database = await openPglite(null);
  await database.migrate();
});
afterAll(() => database.close());
beforeEach(async () => {
  jobs = [];
  await database.db.execute(sql`delete from outbox_mails`);
});

function outbox(transport: Mail['transport'] = 'smtp'): Mail {
  return openMail({ db: database.db, queue: queue as Queue, clock, random: systemRandom, transport });
}

function orderReady(change: Partial<MailMessage> = {}): MailMessage {
  return {
    to: 'lea@example.org',
    subject: 'Vos photos',
    text: 'Bonjour',
    html: '<p>Bonjour</p>',
    uniqueKey: 'order-ready:1',
    kind: 'order-ready',
    locale: 'fr',
    ...change,
  };
}

function recorder(answer?: () => void): MailTransport & { sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    async send(message) {
      answer?.();
      sent.push(message.to);
    },
  };
}

async function send(transport: MailTransport): Promise<void> {
  const mailId = jobs[0]?.mailId ?? '';
  await sendMail({ db: database.db, clock, transport, from: 'a@example.com' }, { mailId });
}

describe('outbox', () => {
  it('keeps one mail and one job for one key, however often it is posted', async () => {
    const mail = outbox();
    await mail.post(database.db, orderReady());
    await mail.post(database.db, orderReady({ subject: 'again' }));
    expect(await mail.listOutbox({ limit: 10 })).toMatchObject([{ subject: 'Vos photos', state: 'waiting' }]);
    expect(jobs).toHaveLength(1);
  });

  it('finds the mails of one subject by the beginning of their keys, taken word for word', async () => {
    const mail = outbox();
    const keys = ['order/1/ready', 'order/1/refunded', 'order/12/ready', 'order%1/ready'];
    for (const uniqueKey of keys) await mail.post(database.db, orderReady({ uniqueKey, subject: uniqueKey }));
    const found = await mail.listByKey({ prefix: 'order/1/', limit: 10 });
    expect(found.map((one) => one.subject).toSorted()).toEqual(['order/1/ready', 'order/1/refunded']);
    expect(await mail.listByKey({ prefix: 'order_1', limit: 10 })).toEqual([]);
  });

  it('holds nothing of a transaction that did not commit', async () => {
    const mail = outbox();
    const failing = database.db.transaction(async (tx) => {
      await mail.post(tx, orderReady());
      throw new Error('the order could not be written');
    });
    await expect(failing).rejects.toThrow('the order');
    expect(await mail.listOutbox({ limit: 10 })).toEqual([]);
  });

  it('keeps mails without a job when no transport is configured', async () => {
    const mail = outbox('kept');
    await mail.post(database.db, orderReady());
    const [kept] = await mail.listOutbox({ limit: 10, state: 'kept' });
    expect(kept?.to).toBe('lea@example.org');
    expect(jobs).toEqual([]);
    expect(await mail.retry(kept?.id ?? '')).toBe(false);
  });

  it('sends once, even when its job runs again or twice at once', async () => {
    const mail = outbox();
    await mail.post(database.db, orderReady());
    const transport = recorder();
    await Promise.all([send(transport), send(transport)]);
    await send(transport);
    expect(transport.sent).toEqual(['lea@example.org']);
    expect(await mail.listOutbox({ limit: 1 })).toMatchObject([{ state: 'sent', sentAt: clock.now() }]);
  });

  it('still sends after failures of the transport', async () => {
    const mail = outbox();
    await mail.post(database.db, orderReady());
    const down = recorder(() => {
      throw new Error('SMTP ECONNECTION');
    });
    await expect(send(down)).rejects.toThrow('SMTP ECONNECTION');
    expect(await mail.listOutbox({ limit: 1 })).toMatchObject([
      { state: 'waiting', attempts: 1, lastError: 'SMTP ECONNECTION' },
    ]);
    const up = recorder();
    await send(up);
    expect(up.sent).toHaveLength(1);
    expect(await mail.listOutbox({ limit: 1 })).toMatchObject([{ state: 'sent', lastError: null }]);
  });

  it('ends a refused mail as failed, and sends it when it is retried', async () => {
    const mail = outbox();
    await mail.post(database.db, orderReady());
    await send(
      recorder(() => {
        throw new MailRefused('SMTP EENVELOPE 550');
      }),
    );
    const [failed] = await mail.listOutbox({ limit: 1 });
    expect(failed).toMatchObject({ state: 'failed', lastError: 'SMTP EENVELOPE 550' });
    expect(await mail.retry(failed?.id ?? '')).toBe(true);
    const up = recorder();
    await send(up);
    expect(up.sent).toHaveLength(1);
  });

  it('never sends a dropped mail, and never drops a sent one', async () => {
    const mail = outbox();
    await mail.post(database.db, orderReady());
    const [waiting] = await mail.listOutbox({ limit: 1 });
    expect(await mail.drop(waiting?.id ?? '')).toBe(true);
    const transport = recorder();
    await send(transport);
    expect(transport.sent).toEqual([]);
    await giveUpMail(database.db, { mailId: waiting?.id ?? '' });
    expect(await mail.listOutbox({ limit: 1 })).toMatchObject([{ state: 'dropped' }]);
    expect(await mail.drop(waiting?.id ?? '')).toBe(false);
  });

  it.each([
    'lea@example.org\r\nBcc: all@example.org',
    'lea@example.org, eve@example.org',
    'Lea <lea@example.org>',
    'lea',
    'lea@localhost',
    '"a b"@example.org',
    '@example.org',
    `${'a'.repeat(65)}@example.org`,
    '',
  ])('refuses the recipient %j', async (to) => {
    await expect(outbox().post(database.db, orderReady({ to }))).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect(jobs).toEqual([]);
  });

  it('lets no line break of a name into the subject', async () => {
    const mail = outbox();
    await mail.post(database.db, orderReady({ subject: 'Trail\r\nBcc: all@example.org\u2028x' }));
    expect(await mail.listOutbox({ limit: 1 })).toMatchObject([{ subject: 'Trail Bcc: all@example.org x' }]);
  });
});
