'use client';

import { useTranslations } from 'next-intl';
import type { StartListField } from '#domain/timing/start-list.ts';
import { Notice } from '#ui/Notice.tsx';
import { ColumnChoices } from '../start-list/column-choices.client.tsx';
import { ImportDiff } from '../start-list/import-diff.client.tsx';
import { PassagesChange } from '../timing/passages-change.client.tsx';
import type { FetchAnswer } from './connection-actions.ts';
import { ConfirmImport } from './import-steps.client.tsx';

type Mapping = (StartListField | null)[];

interface FetchedChangeProps {
  looked: Extract<FetchAnswer, { state: 'preview' }>;
  timeZone: string;
  /** The source names its columns as we do: there is nothing to choose. */
  hasKnownColumns: boolean;
  pending: boolean;
  removeMissing: boolean;
  setRemoveMissing(ticked: boolean): void;
  choose(mapping: Mapping): void;
  /** With the columns of a list, null for passages. */
  accept(mapping: Mapping | null): void;
}

/** What a connection brought, as a file of the same kind would be shown, and the word that brings it in. */
export function FetchedChange(props: FetchedChangeProps) {
  const { looked, timeZone, hasKnownColumns, pending, choose, accept, ...removal } = props;
  const t = useTranslations('pro');
  const of = looked.of === 'list' ? 'import' : 'timing';
  const { added, changed, missing } = looked.preview;
  return (
    <>
      {looked.leftOut > 0 ? <Notice>{t('connections.leftOut', { count: looked.leftOut })}</Notice> : null}
      {looked.of === 'list' ? (
        <>
          {hasKnownColumns ? null : (
            <ColumnChoices preview={looked.preview} disabled={pending} choose={choose} />
          )}
          <ImportDiff preview={looked.preview} issues={looked.issues} />
        </>
      ) : (
        <PassagesChange preview={looked.preview} issues={looked.issues} timeZone={timeZone} />
      )}
      <ConfirmImport
        {...removal}
        pending={pending}
        disabled={looked.of === 'list' && !looked.preview.mapping.includes('bib')}
        label={t(`${of}.confirm`, { count: added + changed })}
        missing={missing}
        removeLabel={t(`${of}.removeMissing`, { count: missing })}
        confirm={() => accept(looked.of === 'list' ? looked.preview.mapping : null)}
      />
    </>
  );
}
