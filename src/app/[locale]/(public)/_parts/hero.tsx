import type { CSSProperties } from 'react';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { renditionUrl } from '#domain/photos/photo.ts';
import { formatDay } from '#ui/format-time.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';

interface HeroProps {
  event: PublicEvent;
  coverPhotoId: string | null;
  tone: string | null;
  locale: string;
}

/** The event's name over its cover. Without a cover the night alone. */
export function Hero({ event, coverPhotoId, tone, locale }: HeroProps) {
  return (
    <section className="hero" data-plain={coverPhotoId ? undefined : ''}>
      <div className="hero-photo" style={tone ? ({ '--tone': tone } as CSSProperties) : undefined}>
        {coverPhotoId ? (
          <RenditionImage
            src={renditionUrl(coverPhotoId, 'preview')}
            width={1200}
            height={800}
            alt=""
            fetchPriority="high"
            draggable={false}
          />
        ) : null}
      </div>
      <div className="hero-words wrap">
        <h1>{event.name}</h1>
        <p>
          {formatDay(event.startsAt, { locale, timeZone: event.timeZone })}
          <br />
          {event.place}
        </p>
      </div>
    </section>
  );
}
