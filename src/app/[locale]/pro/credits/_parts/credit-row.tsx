import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import type { CreditEntry } from '#domain/credits/credits.ts';

/** One movement of credits, in words: what happened, to which photo, and why. */
export async function CreditRow({ entry, locale }: { entry: CreditEntry; locale: string }) {
  const [t, format] = await Promise.all([getTranslations('pro.credits'), getFormatter()]);
  const { kind, photo, photoId, reason } = entry;
  return (
    <tr>
      <th scope="row">
        {t(kind === 'purchase-undone' && entry.credits > 0 ? 'kind.purchase-restored' : `kind.${kind}`)}
        {photo ? (
          <small>
            <Link href={`/${locale}/pro/events/${photo.eventId}/photos/${photoId}`} prefetch={false}>
              {photo.fileName}
            </Link>
          </small>
        ) : null}
      </th>
      <td data-label={t('why')}>{reasonInWords()}</td>
      <td className="num" data-label={t('when')}>
        <time dateTime={entry.createdAt.toISOString()}>
          {format.dateTime(entry.createdAt, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })} UTC
        </time>
      </td>
      <td className="n" data-label={t('credits')}>
        <b>{format.number(entry.credits, { signDisplay: 'exceptZero' })}</b>
      </td>
    </tr>
  );

  function reasonInWords(): string {
    if (kind === 'debit') return t('reason.debit');
    if (reason === null) return '–';
    // An operator writes the reason of a grant by hand.
    return t.has(`reason.${reason}`) ? t(`reason.${reason}`) : reason;
  }
}
