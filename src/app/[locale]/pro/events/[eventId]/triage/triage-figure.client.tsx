import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import type { TriagePhoto, TriageTag } from '#domain/triage/triage-photo.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';

type Box = TriagePhoto['persons'][number];

/** The photo, large, with a frame around what was read and around the chosen candidate. */
export function TriageFigure({
  photo,
  chosen,
  zoomed,
  onZoom,
}: {
  photo: TriagePhoto;
  chosen: TriageTag | null;
  zoomed: boolean;
  onZoom: () => void;
}) {
  const t = useTranslations('triage');
  const focus = chosen?.box ?? photo.reads[0]?.box ?? photo.persons[0] ?? null;
  const ratio = photo.widthPx / photo.heightPx;
  return (
    <figure className="triage-figure" style={{ '--ratio': ratio, background: photo.tone } as CSSProperties}>
      <div
        className="triage-frame"
        data-zoomed={zoomed ? '' : undefined}
        style={zoomed ? zoomOn(focus) : undefined}
      >
        <RenditionImage
          key={photo.photoId}
          src={photo.previewUrl}
          width={photo.widthPx}
          height={photo.heightPx}
          alt={t('alt', { fileName: photo.fileName })}
          decoding="sync"
        />
        {photo.persons.map((box) => (
          <span
            key={keyOf(box)}
            className="triage-box"
            data-kind="person"
            style={place(box)}
            aria-hidden="true"
          />
        ))}
        {photo.reads.map((read) => (
          <span
            key={`${read.text}/${keyOf(read.box)}`}
            className="triage-box"
            data-kind="read"
            style={place(read.box)}
            aria-hidden="true"
          >
            {chosen?.bib === read.bib ? null : <b>{read.bib || read.text}</b>}
          </span>
        ))}
        {chosen?.box ? (
          <span className="triage-box" data-kind="chosen" style={place(chosen.box)} aria-hidden="true">
            <b>{chosen.bib}</b>
          </span>
        ) : null}
      </div>
      <button type="button" className="button triage-zoom" aria-pressed={zoomed} onClick={onZoom}>
        <kbd className="key">Z</kbd>
        {t('zoom')}
      </button>
    </figure>
  );
}

function keyOf({ x, y, w, h }: Box): string {
  return [x, y, w, h].join('/');
}

function place(box: Box): CSSProperties {
  return {
    insetInlineStart: `${box.x * 100}%`,
    insetBlockStart: `${box.y * 100}%`,
    inlineSize: `${box.w * 100}%`,
    blockSize: `${box.h * 100}%`,
  };
}

/** Enlarges around the middle of what is looked at. */
function zoomOn(box: Box | null): CSSProperties {
  if (!box) return {};
  return { transformOrigin: `${(box.x + box.w / 2) * 100}% ${(box.y + box.h / 2) * 100}%` };
}
