import { randomUUID } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import type { Mail, MailMessage, OutboxMail } from '#platform/mail/mail.ts';

export interface MemoryMail extends Mail {
  /** Oldest first. */
  readonly posted: (MailMessage & OutboxMail)[];
}

export function newMemoryMail(clock: Clock): MemoryMail {
  const posted: (MailMessage & OutboxMail)[] = [];
  return {
    transport: 'kept',
    posted,
    post: async (_db, message) => {
      if (posted.some((mail) => mail.uniqueKey === message.uniqueKey)) return;
      posted.push({
        ...message,
        id: randomUUID(),
        state: 'kept',
        attempts: 0,
        lastError: null,
        createdAt: clock.now(),
        sentAt: null,
      });
    },
    listOutbox: async ({ state, limit, before }) =>
      posted
        .filter((mail) => (!state || mail.state === state) && (!before || mail.createdAt < before))
        .toReversed()
        .slice(0, limit),
    listByKey: async ({ prefix, limit }) =>
      posted.filter((mail) => mail.uniqueKey.startsWith(prefix)).slice(0, limit),
    retry: async () => false,
    drop: async () => false,
  };
}
