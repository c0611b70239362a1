import { and, eq } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import type { Database } from '../db/database.ts';
import type { MailTransport } from './mail.ts';
import { MailRefused } from './mail-refused.ts';
import { outboxMails } from './tables.ts';

export interface SendMailDependencies {
  db: Database;
  clock: Clock;
  transport: MailTransport;
  from: string;
}

/** Sends one mail of the outbox. Safe to run twice: only a waiting mail is sent. Throws to be tried again. */
export async function sendMail(needs: SendMailDependencies, input: { mailId: string }): Promise<void> {
  const { db } = needs;
  const [mail] = await db.select().from(outboxMails).where(eq(outboxMails.id, input.mailId));
  if (mail?.state !== 'waiting') return;
  // Of two runs at once, only the one that counts this attempt sends.
  const claimed = await db
    .update(outboxMails)
    .set({ attempts: mail.attempts + 1 })
    .where(
      and(
        eq(outboxMails.id, mail.id),
        eq(outboxMails.state, 'waiting'),
        eq(outboxMails.attempts, mail.attempts),
      ),
    )
    .returning({ id: outboxMails.id });
  if (claimed.length === 0) return;

  try {
    await needs.transport.send({ ...mail, to: mail.recipient, from: needs.from });
  } catch (error) {
    const final = error instanceof MailRefused;
    await db
      .update(outboxMails)
      .set({ lastError: reasonOf(error), ...(final ? { state: 'failed' } : {}) })
      .where(and(eq(outboxMails.id, mail.id), eq(outboxMails.state, 'waiting')));
    if (final) return;
    throw error;
  }
  await db
    .update(outboxMails)
    .set({ state: 'sent', sentAt: needs.clock.now(), lastError: null })
    .where(and(eq(outboxMails.id, mail.id), eq(outboxMails.state, 'waiting')));
}

/** After the last attempt. */
export async function giveUpMail(db: Database, input: { mailId: string }): Promise<void> {
  await db
    .update(outboxMails)
    .set({ state: 'failed' })
    .where(and(eq(outboxMails.id, input.mailId), eq(outboxMails.state, 'waiting')));
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : 'unknown').slice(0, 300);
}
