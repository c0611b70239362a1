import { useTranslations } from 'next-intl';
import type { PhotoReading } from '#domain/matching/get-photo-reading.ts';
import { comparisonUrls } from '#domain/photos/photo.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';

/** The preview with a numbered frame around each thing read; the numbers are those of the table. */
export function ReadOverlay({ photo, reads }: Pick<PhotoReading, 'photo' | 'reads'>) {
  const t = useTranslations('upload.reading');
  // Frames belong to the photo as the camera saw it: an edit may have turned it.
  const previewUrl = photo.edited ? comparisonUrls(photo.id, photo.shownVersion).before : photo.previewUrl;
  if (!previewUrl || !photo.widthPx || !photo.heightPx) return null;
  return (
    <figure className="reading-photo" style={{ background: photo.tone }}>
      <RenditionImage
        src={previewUrl}
        width={photo.widthPx}
        height={photo.heightPx}
        alt={t('alt', { fileName: photo.fileName })}
      />
      {reads.map((read, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: reads have no id, and their order is their number.
          key={index}
          className="reading-box"
          data-kind={read.kind}
          aria-hidden="true"
          style={{
            insetInlineStart: `${read.box.x * 100}%`,
            insetBlockStart: `${read.box.y * 100}%`,
            inlineSize: `${read.box.w * 100}%`,
            blockSize: `${read.box.h * 100}%`,
          }}
        >
          <b>{index + 1}</b>
        </span>
      ))}
    </figure>
  );
}
