import type { Database } from '../db/database.ts';

export interface MailMessage {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** One mail per key, ever: a second post with the same key is ignored. */
  uniqueKey: string;
  /** What it is, for the outbox page: 'order-ready', 'verify-address'. */
  kind: string;
  locale: 'fr' | 'en';
}

export interface OutboxMail {
  id: string;
  kind: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  state: 'waiting' | 'sent' | 'kept' | 'failed' | 'dropped';
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

/** Outgoing mail: written to the outbox in the caller's transaction, sent by a job. */
export interface Mail {
  /** `kept`: no transport is configured, mails stay in the outbox and are read on the admin's page. */
  readonly transport: 'smtp' | 'resend' | 'kept';
  post(db: Database, message: MailMessage): Promise<void>;
  /** Newest first. */
  listOutbox(options: { state?: OutboxMail['state']; limit: number; before?: Date }): Promise<OutboxMail[]>;
  /** Mails whose unique key begins so, such as all of one order; oldest first. */
  listByKey(options: { prefix: string; limit: number }): Promise<OutboxMail[]>;
  retry(id: string): Promise<boolean>;
  drop(id: string): Promise<boolean>;
}

/** One adapter each for SMTP and Resend. Throws on refusal; the job retries. */
export interface MailTransport {
  send(message: MailMessage & { from: string; id: string }): Promise<void>;
}
