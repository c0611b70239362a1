import type { MailTransport } from './mail.ts';
import { MailRefused } from './mail-refused.ts';

export interface ResendOptions {
  apiKey: string;
  baseUrl?: string;
  timeoutMs?: number;
}

/** A wrong key or a used-up quota concerns the installation and may be repaired; these concern the mail itself. */
const REFUSALS = new Set([400, 422]);

/** Sends by Resend's HTTP API; its idempotency key is the id of the outbox, so that a repeated call sends once. */
export function openResendTransport(options: ResendOptions): MailTransport {
  const url = `${options.baseUrl ?? 'https://api.resend.com'}/emails`;
  return {
    async send(message) {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs ?? 15_000),
        headers: {
          authorization: `Bearer ${options.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': message.id,
        },
        body: JSON.stringify({
          from: message.from,
          to: [message.to],
          subject: message.subject,
          text: message.text,
          html: message.html,
          headers: { 'Auto-Submitted': 'auto-generated' },
        }),
      });
      await answer.body?.cancel();
      if (answer.ok) return;
      const words = `Resend answered ${answer.status}`;
      throw REFUSALS.has(answer.status) ? new MailRefused(words) : new Error(words);
    },
  };
}
