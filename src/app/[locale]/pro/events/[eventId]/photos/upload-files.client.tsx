import { useLocale, useTranslations } from 'next-intl';
import { type CSSProperties, useState } from 'react';
import { formatBytes } from '#ui/format-bytes.ts';
import { Icon } from '#ui/Icon.tsx';
import { isSettled, type UploadItem } from './upload-item.client.ts';
import type { Processing } from './use-processing.client.ts';

const ROWS_SHOWN = 60;
type Tab = 'open' | 'refused' | 'settled';

interface UploadFilesProps {
  items: readonly UploadItem[];
  states: Processing['states'];
  onRetryRefused: () => void;
}

/** The chosen files, the moving ones first; settled ones pass into their own tab. */
export function UploadFiles({ items, states, onRetryRefused }: UploadFilesProps) {
  const t = useTranslations('upload.files');
  const [chosen, setTab] = useState<Tab | null>(null);
  const failed = (item: UploadItem) => item.photoId !== null && states.get(item.photoId)?.state === 'failed';
  const groups: Record<Tab, UploadItem[]> = {
    open: items.filter((item) => !isSettled(item)).sort((a, b) => progressRank(a) - progressRank(b)),
    refused: items.filter((item) => item.state === 'refused' || failed(item)),
    settled: items.filter((item) => isSettled(item) && item.state !== 'refused' && !failed(item)),
  };
  const tab = chosen ?? (groups.open.length > 0 ? 'open' : groups.refused.length > 0 ? 'refused' : 'settled');
  const shown = groups[tab].slice(0, ROWS_SHOWN);
  const hidden = groups[tab].length - shown.length;
  return (
    <section className="panel" aria-labelledby="upload-files">
      <header>
        <h2 id="upload-files">{t('title')}</h2>
        <div className="filters end">
          {(['open', 'refused', 'settled'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={tab === name} onClick={() => setTab(name)}>
              {t(`tabs.${name}`)} <span className="num">{groups[name].length}</span>
            </button>
          ))}
        </div>
      </header>
      {shown.length === 0 ? <p className="small muted pad">{t(`none.${tab}`)}</p> : null}
      <ul className="uploads">
        {shown.map((item) => (
          <UploadRow
            key={item.key}
            item={item}
            processed={item.photoId ? states.get(item.photoId) : undefined}
          />
        ))}
      </ul>
      {hidden > 0 ? <p className="small muted pad">{t('hidden', { count: hidden })}</p> : null}
      {tab === 'refused' && groups.refused.some((item) => item.state === 'refused') ? (
        <p className="pad">
          <button type="button" className="button" onClick={onRetryRefused}>
            <Icon name="refresh" />
            {t('retry')}
          </button>
        </p>
      ) : null}
    </section>
  );
}

type Processed = Processing['states'] extends ReadonlyMap<string, infer State> ? State : never;

function UploadRow({ item, processed }: { item: UploadItem; processed: Processed | undefined }) {
  const locale = useLocale();
  return (
    <li>
      <span className="thumb" data-none="">
        <Icon name="file" />
      </span>
      <div className="up-name">
        <b>{item.file.name}</b>
        <span className="muted">{formatBytes(item.file.size, locale)}</span>
      </div>
      <div className="up-state">
        <UploadState item={item} processed={processed} />
      </div>
    </li>
  );
}

function UploadState({ item, processed }: { item: UploadItem; processed: Processed | undefined }) {
  const t = useTranslations('upload.files');
  if (item.state === 'refused')
    return <Chip state="bad" icon="alert" word={t('refused')} detail={item.reason} />;
  if (item.state === 'duplicate') return <Chip icon="copy" word={t('duplicate')} detail={t('notSent')} />;
  if (item.state === 'sent') {
    if (processed?.state === 'failed')
      return <Chip state="bad" icon="alert" word={t('failed')} detail={t('seeReason')} />;
    if (processed?.state === 'ready') return <Chip state="good" icon="check" word={t('ready')} />;
    return <span className="up-word">{t('reading')}</span>;
  }
  const percent = item.file.size === 0 ? 0 : Math.floor((item.sentBytes / item.file.size) * 100);
  if (item.state === 'retrying') {
    return (
      <>
        <Chip state="warn" icon="refresh" word={t('retrying')} detail={t('nothingLost', { percent })} />
        <span className="bar" style={{ '--p': percent } as CSSProperties} />
      </>
    );
  }
  if (item.state !== 'sending')
    return <span className="up-word">{t(item.state === 'hashing' ? 'hashing' : 'waiting')}</span>;
  return (
    <>
      <span className="up-word">{t('sending', { percent })}</span>
      <span className="bar" style={{ '--p': percent } as CSSProperties} />
    </>
  );
}

interface ChipProps {
  state?: 'good' | 'warn' | 'bad';
  icon: 'alert' | 'check' | 'copy' | 'refresh';
  word: string;
  detail?: string | null;
}

function Chip({ state, icon, word, detail }: ChipProps) {
  return (
    <>
      <span className="chip" data-state={state}>
        <Icon name={icon} />
        {word}
      </span>
      {detail ? <small className="muted">{detail}</small> : null}
    </>
  );
}

function progressRank(item: UploadItem): number {
  if (item.state === 'sending' || item.state === 'retrying') return 0;
  return item.state === 'hashing' ? 1 : 2;
}
