import { and, asc, desc, eq, inArray, like, lt } from 'drizzle-orm';
import type { Clock, Random } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { Queue } from '../queue/queue.ts';
import type { Mail, OutboxMail } from './mail.ts';
import { oneLine, requireRecipient } from './recipient.ts';
import { outboxMails } from './tables.ts';

export const SEND_MAIL = 'send-mail';
const MOST_LISTED = 200;

export interface MailOptions {
  /** The pool; `post` writes through the handle it is given. */
  db: Database;
  queue: Queue;
  clock: Clock;
  random: Random;
  transport: Mail['transport'];
}

/** The outbox: a mail exists if and only if the caller's transaction commits, and is then sent by a job. */
export function openMail(options: MailOptions): Mail {
  const { db, queue, transport } = options;
  return {
    transport,

    async post(tx, message) {
      const id = options.random.id();
      const added = await tx
        .insert(outboxMails)
        .values({
          id,
          uniqueKey: message.uniqueKey,
          kind: message.kind,
          recipient: requireRecipient(message.to),
          locale: message.locale,
          subject: oneLine(message.subject),
          text: message.text,
          html: message.html,
          state: transport === 'kept' ? 'kept' : 'waiting',
          createdAt: options.clock.now(),
        })
        .onConflictDoNothing({ target: outboxMails.uniqueKey })
        .returning({ id: outboxMails.id });
      if (added.length > 0 && transport !== 'kept') await queue.enqueue(tx, SEND_MAIL, { mailId: id });
    },

    async listOutbox({ state, limit, before }) {
      const rows = await db
        .select()
        .from(outboxMails)
        .where(
          and(
            state ? eq(outboxMails.state, state) : undefined,
            before ? lt(outboxMails.createdAt, before) : undefined,
          ),
        )
        .orderBy(desc(outboxMails.createdAt), desc(outboxMails.id))
        .limit(Math.min(limit, MOST_LISTED));
      return rows.map(toOutboxMail);
    },

    async listByKey({ prefix, limit }) {
      const rows = await db
        .select()
        .from(outboxMails)
        .where(like(outboxMails.uniqueKey, `${prefix.replaceAll(/[\\%_]/g, '\\$&')}%`))
        .orderBy(asc(outboxMails.createdAt), asc(outboxMails.id))
        .limit(Math.min(limit, MOST_LISTED));
      return rows.map(toOutboxMail);
    },

    async retry(id) {
      if (transport === 'kept') return false;
      return db.transaction(async (tx) => {
        const changed = await tx
          .update(outboxMails)
          .set({ state: 'waiting', attempts: 0, lastError: null })
          .where(and(eq(outboxMails.id, id), inArray(outboxMails.state, ['failed', 'kept'])))
          .returning({ id: outboxMails.id });
        if (changed.length === 0) return false;
        await queue.enqueue(tx, SEND_MAIL, { mailId: id });
        return true;
      });
    },

    async drop(id) {
      const changed = await db
        .update(outboxMails)
        .set({ state: 'dropped' })
        .where(and(eq(outboxMails.id, id), inArray(outboxMails.state, ['waiting', 'failed', 'kept'])))
        .returning({ id: outboxMails.id });
      return changed.length > 0;
    },
  };
}

function toOutboxMail(row: typeof outboxMails.$inferSelect): OutboxMail {
  const { recipient, uniqueKey: _key, locale: _locale, ...rest } = row;
  return { ...rest, to: recipient };
}
