import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { photoStyle } from '#ui/PhotoFigure.tsx';
import { RenditionImage } from '#ui/RenditionImage.tsx';

interface FrameStripProps {
  /** In the order of the gallery. */
  frames: GalleryPhoto[];
  /** The one that is shown large. */
  photoId: string;
  /** Where a photo is opened: its id is added. */
  base: string;
}

/** All frames of one stack, small, the shown one marked. Nothing for a photo that stands alone. */
export async function FrameStrip({ frames, photoId, base }: FrameStripProps) {
  if (frames.length === 0) return null;
  const t = await getTranslations('public.viewer');
  return (
    <nav className="frame-strip" aria-labelledby="frame-strip">
      <p className="small" id="frame-strip">
        {t('frames', { count: frames.length })}
      </p>
      <ol>
        {frames.map((frame, index) => (
          <li key={frame.id} style={photoStyle(frame)}>
            <Link
              href={`${base}/${frame.id}`}
              aria-current={frame.id === photoId ? 'true' : undefined}
              replace
              scroll={false}
              prefetch={false}
            >
              <RenditionImage
                src={frame.thumbnailUrl}
                width={frame.widthPx}
                height={frame.heightPx}
                alt={t('frame', { number: index + 1, count: frames.length })}
                draggable={false}
              />
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
