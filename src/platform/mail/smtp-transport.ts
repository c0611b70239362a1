import { createTransport } from 'nodemailer';
import type { MailTransport } from './mail.ts';
import { MailRefused } from './mail-refused.ts';

/** Sends by a mail server. The Message-ID is that of the outbox, so that a mail sent twice is shown once. */
export function openSmtpTransport(url: string, timeoutMs = 15_000): MailTransport {
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(message) {
      try {
        await transport.sendMail({
          from: message.from,
          to: { name: '', address: message.to },
          subject: message.subject,
          text: message.text,
          html: message.html,
          messageId: `<${message.id}@${domainOf(message.from)}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.locale },
        });
      } catch (error) {
        throw translate(error);
      }
    },
  };
}

export function domainOf(from: string): string {
  return /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
}

/** A server's words may hold the address, so only its numbers go on. */
function translate(error: unknown): Error {
  const code = String(factOf(error, 'code') ?? 'unknown');
  const status = Number(factOf(error, 'responseCode') ?? 0);
  const words = `SMTP ${code}${status > 0 ? ` ${status}` : ''}`;
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return aboutThisMail && status >= 500 ? new MailRefused(words) : new Error(words);
}

function factOf(error: unknown, name: string): unknown {
  return error instanceof Error ? Reflect.get(error, name) : undefined;
}
