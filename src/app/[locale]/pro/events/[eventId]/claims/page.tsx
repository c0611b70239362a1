import '#ui/styles/found.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { listClaims, type WaitingClaim } from '#domain/claims/list-claims.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatClock } from '#ui/format-time.ts';
import { photoStyle } from '#ui/PhotoFigure.tsx';
import { sortBibs } from '#ui/photo-card.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';
import { loadOwnEvent } from '../_parts/load-own-event.ts';
import { ClaimVerdict } from './claim-verdict.client.tsx';

interface ClaimsProps {
  params: Promise<{ locale: string; eventId: string }>;
}

export async function generateMetadata({ params }: ClaimsProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  return { title: `${t('tabs.claims')}, ${event.name}` };
}

/** What runners said of photos and nobody checked yet. */
export default async function ClaimsPage({ params }: ClaimsProps) {
  const { locale, eventId } = await params;
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const [{ claims, waiting }, t] = await Promise.all([
    listClaims(ctx, { eventId }),
    getTranslations('found.claims'),
  ]);
  return (
    <section className="panel stack" aria-labelledby="claims-title">
      <h2 id="claims-title">{t('title')}</h2>
      <p className="muted">{t('lead')}</p>
      {claims.length === 0 ? (
        <EmptyState heading="h3" title={t('noneTitle')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <>
          <p>{t('waiting', { count: waiting })}</p>
          <ul className="claims">
            {claims.map((claim) => (
              <ClaimRow
                key={claim.claimId}
                claim={claim}
                eventId={eventId}
                place={{ locale, timeZone: event.timeZone }}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface ClaimRowProps {
  claim: WaitingClaim;
  eventId: string;
  place: { locale: string; timeZone: string };
}

async function ClaimRow({ claim, eventId, place }: ClaimRowProps) {
  const t = await getTranslations('found.claims');
  const { photo } = claim;
  const said = t(claim.kind === 'me' ? 'me' : 'notMe', { bib: claim.bib });
  const shown =
    photo.bibs.length === 0 ? t('shownToNone') : t('shown', { bibs: sortBibs(photo.bibs).join(', ') });
  return (
    <li>
      <a
        className="photo"
        href={`/${place.locale}/pro/events/${eventId}/photos/${photo.id}`}
        style={photoStyle(photo)}
      >
        <RenditionImage
          src={photo.thumbnailUrl}
          width={photo.widthPx}
          height={photo.heightPx}
          alt={shown}
          loading="lazy"
        />
      </a>
      <div className="stack">
        <p>
          <b>{said}</b>
          <br />
          <span className="muted small">
            {shown}
            {photo.takenAt ? `, ${formatClock(photo.takenAt, place)}` : ''}
          </span>
        </p>
        <ClaimVerdict
          eventId={eventId}
          claimId={claim.claimId}
          words={{
            locale: place.locale,
            accept: t('accept'),
            refuse: t('refuse'),
            acceptOf: t('acceptOf', { claim: said }),
            refuseOf: t('refuseOf', { claim: said }),
          }}
        />
      </div>
    </li>
  );
}
