import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '#ui/Icon.tsx';
import { Ring } from '#ui/Ring.tsx';
import type { UploadTotals } from './upload-item.client.ts';
import type { ProcessingCounts } from './use-processing.client.ts';

const BYTES_PER_MB = 1_000_000;

/** The four steps as rings: preparation and upload in this browser, processing and done on the server. */
export function UploadSteps({
  totals,
  open,
  processing,
  received,
}: {
  totals: UploadTotals;
  open: number;
  processing: ProcessingCounts;
  /** Photos the event must have by now; the server's own count comes a moment later. */
  received: number;
}) {
  const t = useTranslations('upload.steps');
  const format = useFormatter();
  const megabytes = (bytes: number) => format.number(bytes / BYTES_PER_MB, { maximumFractionDigits: 1 });
  const ended = processing.ready + processing.failed;
  const known = Math.max(received, ended + processing.received + processing.prepared);
  const toSend = totals.files - totals.duplicates - totals.refused;
  return (
    <ol className="steps">
      <Step
        name={t('preparation')}
        percent={share(totals.prepared, totals.files)}
        busy={totals.prepared < totals.files}
      >
        <p>{t('read', { count: totals.prepared, total: totals.files })}</p>
        <ul>
          {totals.duplicates > 0 ? <li>{t('duplicates', { count: totals.duplicates })}</li> : null}
          {totals.refused > 0 ? <li>{t('refused', { count: totals.refused })}</li> : null}
        </ul>
      </Step>
      <Step
        name={t('upload')}
        percent={totals.files > 0 && toSend === 0 ? 100 : share(totals.sentBytes, totals.bytes)}
        busy={open > 0}
      >
        <p>{t('sent', { count: totals.sent, total: toSend })}</p>
        <ul>
          <li>{t('bytes', { sent: megabytes(totals.sentBytes), total: megabytes(totals.bytes) })}</li>
        </ul>
      </Step>
      <Step name={t('processing')} percent={share(ended, known)} busy={ended < known}>
        <p>{t('processed', { count: ended, total: known })}</p>
        <ul>{processing.failed > 0 ? <li>{t('failed', { count: processing.failed })}</li> : null}</ul>
      </Step>
      <Step name={t('done')} percent={open === 0 && known > 0 && ended === known ? 100 : 0} busy={false}>
        <p>{t('onSale', { count: processing.ready })}</p>
      </Step>
    </ol>
  );
}

function Step({
  name,
  percent,
  busy,
  children,
}: {
  name: string;
  percent: number;
  busy: boolean;
  children: ReactNode;
}) {
  const done = percent >= 100 && !busy;
  return (
    <li data-step={done ? 'done' : busy ? 'now' : undefined}>
      <Ring percent={percent} label={name}>
        {done ? <Icon name="check" /> : undefined}
      </Ring>
      <div>
        <h2>{name}</h2>
        {children}
      </div>
    </li>
  );
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : (part / whole) * 100;
}
