import { useFormatter, useTranslations } from 'next-intl';
import type { PhotoFindings } from '#domain/matching/get-photo-findings.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';
import type { CropShape } from '#vision/findings.ts';

const SHAPES: readonly CropShape[] = ['1:1', '4:5', '9:16', '16:9'];
const PARTS = ['sharpness', 'exposure', 'horizon'] as const;

/** How good the photo is, what is on it, and what was found out about it besides. */
export function FindingPanels({ findings }: { findings: PhotoFindings }) {
  const t = useTranslations('upload.findings');
  const format = useFormatter();
  const { quality, labels } = findings;
  const percent = (share: number) => format.number(share, { style: 'percent', maximumFractionDigits: 0 });
  return (
    <section className="panel stack" aria-labelledby="findings">
      <header>
        <h2 id="findings">{t('title')}</h2>
      </header>
      {quality ? (
        <dl className="kpis">
          <div className="figure">
            <dt>{t('score')}</dt>
            <dd className="num">{format.number(Math.round(quality.score))}</dd>
            <dd className="sub">{t(quality.blurry ? 'blurry' : `measured.${quality.measuredOn}`)}</dd>
          </div>
          {PARTS.map((part) => (
            <div key={part} className="figure">
              <dt>{t(`parts.${part}`)}</dt>
              <dd className="num">{percent(quality.parts[part])}</dd>
              {part === 'exposure' ? <dd className="sub">{t(`exposure.${quality.exposure}`)}</dd> : null}
              {part === 'horizon' && quality.horizonDegrees !== null ? (
                <dd className="sub num">
                  {format.number(quality.horizonDegrees, {
                    maximumFractionDigits: 1,
                    signDisplay: 'exceptZero',
                  })}
                  °
                </dd>
              ) : null}
            </div>
          ))}
        </dl>
      ) : null}
      {labels ? (
        <p className="row labels">
          {labels.map(({ name, confidence }) => (
            <span key={name} className="chip">
              {t(`labels.${name}`)} <span className="num">{percent(confidence)}</span>
            </span>
          ))}
          {labels.length === 0 ? <span className="muted small">{t('noLabels')}</span> : null}
        </p>
      ) : null}
      <p className="small muted">
        {findings.personCount === null ? '' : `${t('persons', { count: findings.personCount })} `}
        {findings.faceCount > 0 ? `${t('faces', { count: findings.faceCount })} ` : ''}
        {t('cpu', { seconds: format.number(findings.cpuMs / 1000, { maximumFractionDigits: 2 }) })}
      </p>
    </section>
  );
}

/** How the photo is cut for other shapes, each around whom it is about. */
export function CropPanel({
  crops,
  previewUrl,
  ratio,
}: {
  crops: NonNullable<PhotoFindings['crops']>;
  previewUrl: string;
  /** Width of the photo per height. */
  ratio: number;
}) {
  const t = useTranslations('upload.findings');
  return (
    <section className="panel stack" aria-labelledby="crops">
      <header>
        <h2 id="crops">{t('crops')}</h2>
      </header>
      <ul className="crops">
        {SHAPES.map((shape) => {
          const { x, y, w, h } = crops[shape];
          return (
            <li key={shape}>
              <span className="crop" style={{ aspectRatio: `${(w * ratio) / h}` }}>
                <RenditionImage
                  src={previewUrl}
                  alt={t('crop', { shape })}
                  style={{
                    inlineSize: `${100 / w}%`,
                    blockSize: `${100 / h}%`,
                    insetInlineStart: `${(-x / w) * 100}%`,
                    insetBlockStart: `${(-y / h) * 100}%`,
                  }}
                />
              </span>
              <span className="num small muted">{shape}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
