import { getTranslations } from 'next-intl/server';
import type { CSSProperties } from 'react';
import type { OrderView } from '#domain/orders/get-order.ts';
import { Bib, BlankBib } from '#ui/Bib.tsx';
import { formatBytes } from '#ui/format-bytes.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pager } from '#ui/Pager.tsx';
import { OrderFile } from './order-file.tsx';

interface OrderFilesProps {
  order: OrderView;
  locale: string;
}

/** The ZIPs, each file, and the place of those to come. */
export async function OrderFiles({ order, locale }: OrderFilesProps) {
  const t = await getTranslations('shop');
  const last = order.page === order.pages;
  const growing = order.lines.find(
    (line) => line.kind === 'all-photos' && (line.priceCents === 0 || line.refundedCents < line.priceCents),
  );
  return (
    <section
      className="stack"
      style={{ '--gap': 'var(--s6)' } as CSSProperties}
      aria-label={t('order.downloads')}
    >
      <Archives order={order} locale={locale} />
      <Notes order={order} />
      {order.photoCount === 0 ? <p>{t('order.noPhotos')}</p> : null}
      <div className="files">
        {order.files.map((file, index) => (
          <OrderFile key={`${file.photoId}-${file.size}`} file={file} number={index + 1} locale={locale} />
        ))}
        {growing && last ? (
          <figure className="file">
            <div className="file-photo" data-wait="" aria-hidden="true">
              {growing.bib ? <Bib bib={growing.bib} /> : <BlankBib />}
            </div>
            <figcaption>
              <span>
                {t('order.coming')}
                <small>{t('order.comingText')}</small>
              </span>
            </figcaption>
          </figure>
        ) : null}
      </div>
      <Pager
        label={t('order.pages', { page: order.page, pages: order.pages })}
        first={order.page > 1 ? { href: '?', label: t('order.firstPage') } : null}
        next={last ? null : { href: `?page=${order.page + 1}`, label: t('order.nextPage') }}
      />
    </section>
  );
}

async function Archives({ order, locale }: OrderFilesProps) {
  const t = await getTranslations('shop');
  const several = order.archives.length > 1;
  if (order.archives.length === 0) return null;
  return (
    <div className="take">
      {order.archives.map((archive) => {
        const size = formatBytes(archive.sizeBytes, locale);
        return (
          <a
            key={archive.part}
            className="button"
            data-kind={archive.part === 1 ? 'primary' : undefined}
            href={archive.url}
            download
          >
            <Icon name="download" />
            {several
              ? t('order.downloadPart', { part: archive.part, parts: order.archives.length, size })
              : t('order.downloadAll', { size })}
          </a>
        );
      })}
      <p className="small muted">{t('order.zipNote')}</p>
    </div>
  );
}

/** Why there is no ZIP, and what is in the files besides the picture. */
async function Notes({ order }: { order: OrderView }) {
  const t = await getTranslations('shop');
  const has = (state: string) => order.files.some((file) => file.state === state);
  if (order.photoCount === 0) return null;
  return (
    <div className="stack">
      {has('missing') ? <p role="alert">{t('order.someMissing')}</p> : null}
      {has('preparing') ? <p>{t('order.somePreparing')}</p> : null}
      <p className="small muted">{order.credited ? t('order.credited') : t('order.untouched')}</p>
    </div>
  );
}
