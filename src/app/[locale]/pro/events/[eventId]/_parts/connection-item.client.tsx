'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import type { Connection } from '#domain/connections/connection.ts';
import type { StartListField } from '#domain/timing/start-list.ts';
import { Notice } from '#ui/Notice.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import {
  acceptFetchedAction,
  changeConnectionAction,
  type FetchAnswer,
  fetchConnectionAction,
  leaveFetchedAction,
  previewFetchedAction,
} from './connection-actions.ts';
import { FetchedChange } from './fetched-change.client.tsx';
import { ImportStatus } from './import-steps.client.tsx';
import { IssueList } from './issue-list.tsx';
import { useImport } from './use-import.client.ts';

type Waiting = NonNullable<Connection['waiting']>;

export interface ShownConnection
  extends Pick<Connection, 'id' | 'kind' | 'shown' | 'secretEnd' | 'isScheduled'> {
  /** When it was last asked, in words. */
  fetched: string | null;
  failure: string | null;
  waiting: (Omit<Waiting, 'fetchedAt'> & { fetchedAt: string }) | null;
}

interface ItemProps {
  eventId: string;
  timeZone: string;
  connection: ShownConnection;
}

/** One connection: what it is, how it is, and its verbs; what it brings is looked at before it is accepted. */
export function ConnectionItem({ eventId, timeZone, connection }: ItemProps) {
  const t = useTranslations('pro.connections');
  const { answer, pending, send, ...removal } = useImport<FetchAnswer>(eventId, t('failed'));
  const connectionId = connection.id;
  const { waiting } = connection;
  const outcome = useOutcome(answer);
  const looked = answer?.state === 'preview' ? answer : null;
  const preview = (mapping: (StartListField | null)[]) =>
    send(previewFetchedAction, { connectionId, mapping: mapping.map((field) => field ?? '').join(',') });
  const accept = (mapping: (StartListField | null)[] | null) =>
    send(acceptFetchedAction, {
      connectionId,
      sha256: looked?.sha256,
      mapping: mapping?.map((field) => field ?? '').join(','),
    });
  return (
    <li className="stack" aria-busy={pending}>
      <ConnectionHead connection={connection} />
      {connection.failure && !pending ? <Notice state="bad">{connection.failure}</Notice> : null}
      {waiting && !looked ? <Notice state="warn">{t('waiting', { ...waiting })}</Notice> : null}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={pending}
          aria-busy={pending}
          onClick={() => send(fetchConnectionAction, { connectionId })}
        >
          {pending ? <span className="spinner" aria-hidden="true" /> : null}
          {t('fetch')}
        </button>
        {waiting && !looked ? (
          <button
            type="button"
            className="button"
            data-kind="primary"
            disabled={pending}
            onClick={() => send(previewFetchedAction, { connectionId })}
          >
            {t('look')}
          </button>
        ) : null}
        {waiting ? (
          <button
            type="button"
            className="button"
            data-kind="quiet"
            disabled={pending}
            onClick={() => send(leaveFetchedAction, { connectionId })}
          >
            {t('leave')}
          </button>
        ) : null}
      </div>
      <ImportStatus
        pending={pending}
        reading={t('fetching')}
        // What the source said stands above, where it stays.
        answer={answer?.state === 'refused' && answer.message === connection.failure ? null : answer}
        imported={outcome}
      />
      {answer?.state === 'same' ? (
        <IssueList issues={answer.issues} errorCount={answer.errorCount} warningCount={0} />
      ) : null}
      {looked ? (
        <FetchedChange
          {...removal}
          looked={looked}
          timeZone={timeZone}
          hasKnownColumns={connection.kind === 'njuko'}
          pending={pending}
          choose={preview}
          accept={accept}
        />
      ) : null}
      <ConnectionVerbs eventId={eventId} connection={connection} />
    </li>
  );
}

/** What came of it, in words; null while there is nothing to say. */
function useOutcome(answer: FetchAnswer | null): string | null {
  const t = useTranslations('pro');
  if (answer?.state === 'same') return t('connections.same');
  if (answer?.state === 'left') return t('connections.left');
  if (answer?.state !== 'imported') return null;
  const { state: _state, ...counts } = answer;
  return t('import.imported', counts);
}

function ConnectionHead({ connection }: { connection: ShownConnection }) {
  const t = useTranslations('pro.connections');
  const { kind, shown, secretEnd, isScheduled, fetched } = connection;
  const kept = kind === 'njuko' ? 'kept' : 'addressKept';
  return (
    <div>
      <h3>{kind === 'njuko' ? t('njukoEdition', { edition: shown }) : `${t(`kinds.${kind}`)}, ${shown}`}</h3>
      <p className="muted small">
        {secretEnd === '' ? t(`${kept}Short`) : t(kept, { end: secretEnd })}{' '}
        {fetched === null ? t('never') : t('last', { at: fetched })} {isScheduled ? t('scheduled') : null}
      </p>
    </div>
  );
}

function ConnectionVerbs({ eventId, connection }: { eventId: string; connection: ShownConnection }) {
  const t = useTranslations('pro.connections');
  return (
    <details className="fold">
      <summary>{t('more')}</summary>
      <ActionForm action={changeConnectionAction} className="stack">
        {() => (
          <>
            <input type="hidden" name="eventId" value={eventId} />
            <input type="hidden" name="connectionId" value={connection.id} />
            <p className="muted small">{t('removeAbout')}</p>
            <div className="row">
              <SubmitButton
                kind="plain"
                name="verb"
                value={connection.isScheduled ? 'unschedule' : 'schedule'}
              >
                {t(connection.isScheduled ? 'unscheduleNow' : 'scheduleNow')}
              </SubmitButton>
              <SubmitButton kind="danger" name="verb" value="remove">
                {t('remove')}
              </SubmitButton>
            </div>
          </>
        )}
      </ActionForm>
    </details>
  );
}
