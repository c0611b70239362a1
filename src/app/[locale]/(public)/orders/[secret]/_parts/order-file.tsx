import { getTranslations } from 'next-intl/server';
import type { CSSProperties } from 'react';
import { photoWords } from '#app/[locale]/(public)/_parts/photo-words.ts';
import type { OrderFileView } from '#domain/orders/view-files.ts';
import { formatBytes } from '#ui/format-bytes.ts';
import { formatClock, formatMoment } from '#ui/format-time.ts';
import { Icon } from '#ui/Icon.tsx';
import { describePhoto } from '#ui/photo-card.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';
import { SavePhoto } from './save-photo.client.tsx';

interface OrderFileProps {
  file: OrderFileView;
  number: number;
  locale: string;
}

/** One photo in one size: what it is, whether it was downloaded, and the way to it. */
export async function OrderFile({ file, number, locale }: OrderFileProps) {
  const [t, words] = await Promise.all([getTranslations('shop'), photoWords(locale, file.timeZone)]);
  const takenAt = file.takenAt?.toISOString() ?? null;
  const said = describePhoto({ bibs: file.bibs, takenAt }, number, words);
  return (
    <figure className="file">
      <div className="file-photo" style={file.tone ? ({ '--tone': file.tone } as CSSProperties) : undefined}>
        {file.thumbnailUrl ? (
          <RenditionImage
            src={file.thumbnailUrl}
            width={file.widthPx ?? 4}
            height={file.heightPx ?? 3}
            alt={said}
            loading="lazy"
          />
        ) : (
          <span>{file.state === 'refunded' ? t('order.fileRefunded') : t('order.notShown')}</span>
        )}
      </div>
      <figcaption>
        <span>
          {file.takenAt ? formatClock(file.takenAt, { locale, timeZone: file.timeZone }) : file.fileName}
          <small>{await describeFile(file, locale)}</small>
        </span>
        <FileLink file={file} said={said} />
      </figcaption>
    </figure>
  );
}

async function describeFile(file: OrderFileView, locale: string): Promise<string> {
  const t = await getTranslations('shop');
  if (file.state === 'refunded') return t('order.fileRefundedText');
  if (file.state === 'missing') return t('order.fileMissing');
  if (file.state === 'preparing' || file.sizeBytes === null) return t('order.filePreparing');
  const size = `${t(`order.size.${file.size}`)}, ${formatBytes(file.sizeBytes, locale)}`;
  if (!file.downloadedAt) return size;
  return t('order.taken', {
    size,
    instant: formatMoment(file.downloadedAt, { locale, timeZone: 'Europe/Paris' }),
  });
}

async function FileLink({ file, said }: { file: OrderFileView; said: string }) {
  const t = await getTranslations('shop');
  const { downloadUrl, fileName, contentType } = file;
  if (!downloadUrl) return null;
  const icon = <Icon name={file.downloadedAt ? 'check' : 'download'} />;
  const photo = `${said}, ${t(`order.size.${file.size}`)}`;
  const link = (
    <a
      className="button"
      data-kind="icon"
      href={downloadUrl}
      download={fileName}
      aria-label={t('order.downloadOne', { photo })}
    >
      {icon}
    </a>
  );
  if (!contentType?.startsWith('image/')) return link;
  const words = {
    save: t('order.saveOne', { photo }),
    loading: t('order.saveLoading'),
    again: t('order.saveAgain'),
    failed: t('order.saveFailed'),
  };
  return (
    <SavePhoto url={downloadUrl} fileName={fileName} contentType={contentType} words={words} otherwise={link}>
      {icon}
    </SavePhoto>
  );
}
