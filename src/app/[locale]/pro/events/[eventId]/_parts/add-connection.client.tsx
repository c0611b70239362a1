'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import type { ConnectionKind } from '#domain/connections/connection.ts';
import { Field, SelectField, TickField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { saveConnectionAction } from './connection-actions.ts';

const LIST_KINDS: readonly ConnectionKind[] = ['njuko', 'kms', 'list'];

/** A new connection: what it is, where it fetches, and what opens the door there. */
export function AddConnection({ eventId, of }: { eventId: string; of: 'list' | 'passages' }) {
  const t = useTranslations('pro.connections');
  const kinds = of === 'list' ? LIST_KINDS : (['passages'] as const);
  const [kind, setKind] = useState<ConnectionKind>(kinds[0] ?? 'list');
  return (
    <details className="fold">
      <summary>{t('add')}</summary>
      <ActionForm action={saveConnectionAction}>
        {(form) => (
          <>
            <input type="hidden" name="eventId" value={eventId} />
            {of === 'list' ? (
              <SelectField
                name="kind"
                label={t('kind')}
                help={t(`help.${kind}`)}
                value={kind}
                onChange={(change) => setKind(kinds.find((known) => known === change.target.value) ?? kind)}
              >
                {kinds.map((known) => (
                  <option key={known} value={known}>
                    {t(`kinds.${known}`)}
                  </option>
                ))}
              </SelectField>
            ) : (
              <input type="hidden" name="kind" value={kind} />
            )}
            {kind === 'njuko' ? <NjukoFields form={form} /> : <AddressFields form={form} kind={kind} />}
            <TickField
              name="isScheduled"
              label={t('schedule')}
              defaultChecked={typedOr(form, 'isScheduled') === 'on'}
            />
            <p>
              <SubmitButton pending={t('saving')}>{t('save')}</SubmitButton>
            </p>
          </>
        )}
      </ActionForm>
    </details>
  );
}

function NjukoFields({ form }: { form: FormState }) {
  const t = useTranslations('pro.connections');
  return (
    <div className="fields">
      <Field
        name="editionId"
        label={t('edition')}
        inputMode="numeric"
        autoComplete="off"
        required
        defaultValue={typedOr(form, 'editionId')}
        error={fieldError(form, 'editionId')}
      />
      <Field
        name="secretKey"
        label={t('key')}
        type="password"
        autoComplete="off"
        required
        help={t('keyHelp')}
        error={fieldError(form, 'apiKey')}
      />
    </div>
  );
}

function AddressFields({ form, kind }: { form: FormState; kind: ConnectionKind }) {
  const t = useTranslations('pro.connections');
  return (
    <div className="fields">
      <Field
        name="address"
        label={t('address')}
        type="url"
        inputMode="url"
        autoComplete="off"
        required
        placeholder="https://"
        help={t(kind === 'passages' ? 'help.passages' : 'addressHelp')}
        defaultValue={typedOr(form, 'address')}
        error={fieldError(form, 'address')}
      />
      <Field
        name="secretToken"
        label={t('token')}
        type="password"
        autoComplete="off"
        help={t('tokenHelp')}
        error={fieldError(form, 'token')}
      />
    </div>
  );
}
