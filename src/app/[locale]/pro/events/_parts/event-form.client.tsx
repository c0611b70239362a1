'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field, SelectField, TextAreaField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { createEventAction, updateEventAction } from './actions.ts';
import { type CoverChoice, CoverField } from './cover-field.client.tsx';
import type { EventDraft } from './event-draft.ts';
import { CheckpointRows, RaceRows, SpotRows, useRows } from './event-rows.client.tsx';
import { type Offers, SortingFields } from './sorting-fields.client.tsx';

interface EventFormProps {
  draft: EventDraft;
  sports: readonly string[];
  timeZones: string[];
  offers: Offers;
  /** Photos that may become the cover; none for an event without photos. */
  covers: CoverChoice[];
}

export function EventForm({ draft, sports, timeZones, offers, covers }: EventFormProps) {
  const t = useTranslations('pro');
  const races = useRows(draft.races);
  const checkpoints = useRows(draft.checkpoints);
  const spots = useRows(draft.photoSpots);
  return (
    <ActionForm action={draft.eventId === null ? createEventAction : updateEventAction}>
      {(state) => (
        <>
          {draft.eventId === null ? null : <input type="hidden" name="eventId" value={draft.eventId} />}
          <section className="panel stack" aria-labelledby="what">
            <h2 id="what">{t('form.what')}</h2>
            <WhatFields state={state} draft={draft} sports={sports} timeZones={timeZones} />
          </section>
          {covers.length > 0 ? (
            <section className="panel stack" aria-labelledby="cover">
              <h2 id="cover">{t('cover.title')}</h2>
              <CoverField state={state} chosen={draft.coverPhotoId} choices={covers} />
            </section>
          ) : null}
          <section className="panel stack" aria-labelledby="sorting">
            <h2 id="sorting">{t('sorting.title')}</h2>
            <SortingFields state={state} draft={draft} offers={offers} />
          </section>
          <section className="panel stack" aria-labelledby="prices">
            <h2 id="prices">{t('form.prices')}</h2>
            {draft.eventId === null ? <p className="muted small">{t('form.pricesMore')}</p> : null}
            {draft.eventId === null ? (
              <PriceFields state={state} draft={draft} />
            ) : (
              <PricesLink eventId={draft.eventId} />
            )}
          </section>
          <section className="panel stack" aria-labelledby="form-races">
            <h2 id="form-races">{t('form.races')}</h2>
            <p className="muted small">{t('form.racesHelp')}</p>
            <RaceRows state={state} rows={races} />
          </section>
          <section className="panel stack" aria-labelledby="form-points">
            <h2 id="form-points">{t('form.checkpoints')}</h2>
            <CheckpointRows state={state} rows={checkpoints} />
          </section>
          <section className="panel stack" aria-labelledby="form-spots">
            <h2 id="form-spots">{t('form.photoSpots')}</h2>
            <SpotRows state={state} rows={spots} checkpoints={checkpoints.rows} />
          </section>
          <div className="form-foot">
            <SubmitButton pending={t('pending')}>
              {t(draft.eventId === null ? 'form.create' : 'form.save')}
            </SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}

type WhatFieldsProps = Pick<EventFormProps, 'draft' | 'sports' | 'timeZones'> & { state: FormState };

function WhatFields({ state, draft, sports, timeZones }: WhatFieldsProps) {
  const t = useTranslations('pro');
  return (
    <>
      <div className="fields">
        <Field
          name="name"
          label={t('form.name')}
          required
          defaultValue={typedOr(state, 'name', draft.name)}
          error={fieldError(state, 'name')}
        />
        <Field
          name="place"
          label={t('form.place')}
          required
          defaultValue={typedOr(state, 'place', draft.place)}
          error={fieldError(state, 'place')}
        />
        <SelectField
          name="sport"
          label={t('form.sport')}
          defaultValue={typedOr(state, 'sport', draft.sport)}
          error={fieldError(state, 'sport')}
        >
          {sports.map((sport) => (
            <option key={sport} value={sport}>
              {t(`sports.${sport}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="fields">
        <Field
          name="startsAt"
          type="datetime-local"
          label={t('form.startsAt')}
          required
          defaultValue={typedOr(state, 'startsAt', draft.startsAt)}
          error={fieldError(state, 'startsAt')}
        />
        <SelectField
          name="timeZone"
          label={t('form.timeZone')}
          defaultValue={typedOr(state, 'timeZone', draft.timeZone)}
          error={fieldError(state, 'timeZone')}
        >
          {timeZones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="access"
          label={t('form.access')}
          defaultValue={typedOr(state, 'access', draft.access)}
          error={fieldError(state, 'access')}
        >
          <option value="public">{t('form.public')}</option>
          <option value="unlisted">{t('form.unlisted')}</option>
        </SelectField>
        <Field
          name="accessCode"
          label={t('form.accessCode')}
          help={t('form.accessCodeHelp')}
          maxLength={40}
          autoComplete="off"
          defaultValue={typedOr(state, 'accessCode', draft.accessCode)}
          error={fieldError(state, 'accessCode')}
        />
      </div>
      <TextAreaField
        name="description"
        label={t('form.description')}
        rows={4}
        defaultValue={typedOr(state, 'description', draft.description)}
        error={fieldError(state, 'description')}
      />
    </>
  );
}

/** Prices of an event that is there are changed in one place. */
function PricesLink({ eventId }: { eventId: string }) {
  const t = useTranslations('pro');
  return (
    <p className="small">
      {t('form.pricesElsewhere')}{' '}
      <Link className="link" href={`/${useLocale()}/pro/events/${eventId}/prices`}>
        {t('form.toPrices')}
      </Link>
    </p>
  );
}

/** The two prices that an event cannot be without. */
function PriceFields({ state, draft }: { state: FormState; draft: EventDraft }) {
  const t = useTranslations('pro');
  return (
    <div className="fields">
      <Field
        name="photoPrice"
        inputMode="decimal"
        label={t('form.photoPrice')}
        required
        defaultValue={typedOr(state, 'photoPrice', draft.photoPrice)}
        error={fieldError(state, 'photoPrice')}
      />
      <Field
        name="allPhotosPrice"
        inputMode="decimal"
        label={t('form.allPhotosPrice')}
        help={t('form.allPhotosHelp')}
        required
        defaultValue={typedOr(state, 'allPhotosPrice', draft.allPhotosPrice)}
        error={fieldError(state, 'allPhotosPrice')}
      />
    </div>
  );
}
