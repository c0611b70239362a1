import type { CSSProperties, ReactNode } from 'react';
import { fill } from './fill.ts';
import { Icon } from './Icon.tsx';
import type { FramesWords, PhotoCard } from './photo-card.ts';
import { RenditionImage } from './RenditionImage.tsx';

interface PhotoFigureProps {
  photo: PhotoCard;
  href: string;
  /** What the photo shows, in words. */
  alt: string;
  /** Of the first photos of a page, which are seen at once. */
  eager?: boolean;
  /** Says how many frames its stack has. */
  framesWords?: FramesWords;
  children?: ReactNode;
}

/** One photo of a justified row: its size and colour are there before its pixels. */
export function PhotoFigure({ photo, href, alt, eager, framesWords, children }: PhotoFigureProps) {
  return (
    <figure className="photo" style={photoStyle(photo)}>
      <a href={href}>
        <RenditionImage
          src={photo.thumbnailUrl}
          width={photo.widthPx}
          height={photo.heightPx}
          alt={alt}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          draggable={false}
        />
        {framesWords && photo.others ? <Frames count={photo.others.length + 1} words={framesWords} /> : null}
      </a>
      {children}
    </figure>
  );
}

/** How many photos one stands for, inside its link. */
function Frames({ count, words }: { count: number; words: FramesWords }) {
  return (
    <span className="frames">
      <Icon name="burst" />
      {fill(words.frames, { count })}
      <span className="sr-only"> {words.ofMoment}</span>
    </span>
  );
}

/** Ratio and tone. A panorama or a pole is cut to what a row can hold. */
export function photoStyle(photo: Pick<PhotoCard, 'widthPx' | 'heightPx' | 'tone'>): CSSProperties {
  const ratio = Math.min(Math.max(photo.widthPx / photo.heightPx, 0.5), 2.6);
  return { '--r': Number(ratio.toFixed(3)), '--tone': photo.tone } as CSSProperties;
}
