'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { RefreshWhileWaiting } from '#app/_web/refresh-while.client.tsx';
import type { Rereading } from '#domain/ingest/get-rereading.ts';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { reprocessEventAction } from './actions.ts';

/** What an older engine read, how much waits to be read again, and the wish to do so. */
export function RereadingPanel({ eventId, rereading }: { eventId: string; rereading: Rereading }) {
  const t = useTranslations('pro.rereading');
  const { older, waiting } = rereading;
  return (
    <section className="panel stack" aria-labelledby="rereading">
      <h2 id="rereading">{t('title')}</h2>
      {waiting > 0 ? (
        <p role="status">
          {t('waiting', { count: waiting })}
          <RefreshWhileWaiting />
        </p>
      ) : null}
      {older > 0 || waiting === 0 ? <p>{t('older', { count: older })}</p> : null}
      <p className="small muted">{t('about')}</p>
      <div className="row">
        {older > 0 ? <AskButton eventId={eventId} which="older" kind="primary" /> : null}
        {waiting === 0 ? <AskButton eventId={eventId} which="all" kind="plain" /> : null}
      </div>
    </section>
  );
}

interface AskButtonProps {
  eventId: string;
  which: 'older' | 'all';
  kind: 'primary' | 'plain';
}

function AskButton({ eventId, which, kind }: AskButtonProps) {
  const t = useTranslations('pro');
  return (
    <ActionForm action={reprocessEventAction} className="row">
      {() => (
        <>
          <input type="hidden" name="eventId" value={eventId} />
          <input type="hidden" name="which" value={which} />
          <SubmitButton kind={kind} pending={t('pending')}>
            {t(`rereading.ask.${which}`)}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
