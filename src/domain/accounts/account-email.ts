import type { Context, Locale } from '#context.ts';
import type { MailMessage } from '#platform/mail/mail.ts';

interface AccountEmail {
  to: string;
  locale: Locale;
  kind: string;
  uniqueKey: string;
  subject: string;
  /** One paragraph each. */
  paragraphs: string[];
  link?: { label: string; path: string };
}

/** Posts a short mail of ours in the caller's transaction: paragraphs, at most one link, on the configured address. */
export async function postAccountEmail(tx: Context, email: AccountEmail): Promise<void> {
  const url = email.link ? `${tx.config.publicUrl}/${email.locale}${email.link.path}` : null;
  await tx.mail.post(tx.db, {
    to: email.to,
    locale: email.locale,
    kind: email.kind,
    uniqueKey: email.uniqueKey,
    subject: email.subject,
    text: asText(email, url),
    html: asHtml(email, url),
  } satisfies MailMessage);
}

function asText(email: AccountEmail, url: string | null): string {
  const link = url && email.link ? [`${email.link.label} :\n${url}`] : [];
  return `${[...email.paragraphs, ...link, 'Focus Racer'].join('\n\n')}\n`;
}

function asHtml(email: AccountEmail, url: string | null): string {
  const paragraphs = email.paragraphs
    .map((text) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`)
    .join('');
  const link =
    url && email.link
      ? `<p style="margin:24px 0"><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#cf3b14;color:#ffffff;text-decoration:none">${escapeHtml(email.link.label)}</a></p>`
      : '';
  return `<!doctype html><html lang="${email.locale}"><body style="margin:0;padding:24px;background:#fafaf8;color:#191a1c;font:16px/1.5 sans-serif"><div style="max-width:520px;margin:0 auto">${paragraphs}${link}<p style="margin:32px 0 0;color:#66665f">Focus Racer</p></div></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
