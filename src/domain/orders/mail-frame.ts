import type { Locale } from '#context.ts';

export interface MailParts {
  subject: string;
  /** Paragraphs in order. */
  paragraphs: MailParagraph[];
  locale: Locale;
}

export type MailParagraph =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'button' | 'link'; label: string; url: string };

/** The same words twice: as plain text, and as HTML without any remote content. */
export function frameMail({ subject, paragraphs, locale }: MailParts): { text: string; html: string } {
  const text = paragraphs.map(asText).join('\n\n');
  const html = `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#fafaf8;color:#191a1c;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto">
<p style="font-weight:600">Focus Racer</p>
${paragraphs.map(asHtml).join('\n')}
</div></body></html>`;
  return { text: `${text}\n\nFocus Racer\n`, html };
}

/** `24 €` or `€24.00`, by the buyer's language. */
export function formatCents(cents: number, currency: string, locale: Locale): string {
  const format = new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency: currency.toUpperCase(),
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(cents / 10 ** digits);
}

function asText(part: MailParagraph): string {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'list') return part.items.map((item) => `- ${item}`).join('\n');
  return `${part.label}\n${part.url}`;
}

function asHtml(part: MailParagraph): string {
  if (part.kind === 'text') return `<p>${escapeHtml(part.text)}</p>`;
  if (part.kind === 'list') {
    return `<ul>${part.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
  }
  if (part.kind === 'link') {
    return `<p><a href="${escapeHtml(part.url)}" style="color:#191a1c">${escapeHtml(part.label)}</a></p>`;
  }
  const style =
    'display:inline-block;padding:13px 20px;border-radius:6px;background:#cf3b14;color:#fff;text-decoration:none;font-weight:600';
  return `<p><a href="${escapeHtml(part.url)}" style="${style}">${escapeHtml(part.label)}</a></p>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
