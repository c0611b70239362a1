'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { Field, SelectField } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import type { PlaceDraft, RaceDraft, SpotDraft } from './event-draft.ts';

export interface Rows<Row extends { key: string }> {
  rows: Row[];
  add(row: Omit<Row, 'key'>): void;
  remove(key: string): void;
}

/** Rows that can be added and taken away; a key is never given twice, so that typed texts stay with their row. */
export function useRows<Row extends { key: string }>(initial: Row[]): Rows<Row> {
  const [rows, setRows] = useState(initial);
  const made = useRef(0);
  return {
    rows,
    add: (row) => {
      made.current += 1;
      const key = `n${made.current}`;
      setRows((present) => [...present, { ...row, key } as Row]);
    },
    remove: (key) => setRows((present) => present.filter((row) => row.key !== key)),
  };
}

const COLOURS = ['#b3261e', '#1f5fbf', '#1b7f5c', '#8a5200', '#6a3fb5', '#0f7285', '#a3286b', '#4d5b12'];

export function RaceRows({ state, rows }: { state: FormState; rows: Rows<RaceDraft> }) {
  const t = useTranslations('pro');
  return (
    <>
      <ol className="parts">
        {rows.rows.map((race) => (
          <RaceRow key={race.key} state={state} race={race} remove={() => rows.remove(race.key)} />
        ))}
      </ol>
      <p>
        <button
          type="button"
          className="button"
          onClick={() => {
            const colour = COLOURS[rows.rows.length % COLOURS.length] ?? '#55565a';
            rows.add({ id: '', name: '', distance: '', startsAt: '', bibs: '', colour });
          }}
        >
          <Icon name="plus" />
          {t('form.addRace')}
        </button>
      </p>
    </>
  );
}

function RaceRow({ state, race, remove }: { state: FormState; race: RaceDraft; remove(): void }) {
  const t = useTranslations('pro');
  const name = (field: string) => `race.${race.key}.${field}`;
  const field = (key: keyof RaceDraft) => ({
    name: name(key),
    defaultValue: typedOr(state, name(key), race[key]),
    error: fieldError(state, name(key)),
  });
  return (
    <li>
      <input type="hidden" name={name('id')} value={race.id} />
      <Field {...field('name')} label={t('form.raceName')} required />
      <Field {...field('distance')} label={t('form.distance')} inputMode="decimal" />
      <Field {...field('startsAt')} label={t('form.raceStart')} type="datetime-local" />
      <Field {...field('bibs')} label={t('form.bibs')} placeholder="1-999, A1-A50" />
      <Field {...field('colour')} label={t('form.colour')} type="color" />
      <RemoveButton label={race.name} remove={remove} />
    </li>
  );
}

export function CheckpointRows({ state, rows }: { state: FormState; rows: Rows<PlaceDraft> }) {
  const t = useTranslations('pro');
  return (
    <>
      <ol className="parts">
        {rows.rows.map((place) => {
          const field = fieldsOf(state, 'checkpoint', place);
          return (
            <li key={place.key}>
              <input type="hidden" name={`checkpoint.${place.key}.id`} value={place.id} />
              <Field {...field('name')} label={t('form.pointName')} required />
              <Field {...field('distance')} label={t('form.pointDistance')} inputMode="decimal" />
              <RemoveButton label={place.name} remove={() => rows.remove(place.key)} />
            </li>
          );
        })}
      </ol>
      <AddButton label={t('form.addCheckpoint')} add={() => rows.add({ id: '', name: '', distance: '' })} />
    </>
  );
}

/** `checkpoints` that were saved before: a new one can be counted from once it is. */
export function SpotRows({
  state,
  rows,
  checkpoints,
}: {
  state: FormState;
  rows: Rows<SpotDraft>;
  checkpoints: PlaceDraft[];
}) {
  const t = useTranslations('pro');
  const empty = { id: '', name: '', distance: '', checkpointId: '', offset: '' };
  return (
    <>
      <p className="muted small">{t('form.spotsHelp')}</p>
      <ol className="parts">
        {rows.rows.map((spot) => (
          <SpotRow
            key={spot.key}
            state={state}
            spot={spot}
            checkpoints={checkpoints.filter(({ id }) => id !== '')}
            remove={() => rows.remove(spot.key)}
          />
        ))}
      </ol>
      <AddButton label={t('form.addSpot')} add={() => rows.add(empty)} />
    </>
  );
}

function SpotRow({
  state,
  spot,
  checkpoints,
  remove,
}: {
  state: FormState;
  spot: SpotDraft;
  checkpoints: PlaceDraft[];
  remove(): void;
}) {
  const t = useTranslations('pro');
  const fromName = `spot.${spot.key}.from`;
  const [from, setFrom] = useState(typedOr(state, fromName, spot.checkpointId));
  const field = fieldsOf(state, 'spot', spot);
  const isKnown = checkpoints.some(({ id }) => id === from);
  return (
    <li>
      <input type="hidden" name={`spot.${spot.key}.id`} value={spot.id} />
      <Field {...field('name')} label={t('form.pointName')} required />
      {checkpoints.length > 0 ? (
        <SelectField
          name={fromName}
          label={t('form.countedFrom')}
          value={isKnown ? from : ''}
          error={fieldError(state, fromName)}
          onChange={(change) => setFrom(change.target.value)}
        >
          <option value="">{t('form.fromStart')}</option>
          {checkpoints.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : null}
      {isKnown ? (
        <Field
          {...field('offset')}
          label={t('form.metresAfter')}
          help={t('form.metresHelp')}
          inputMode="text"
          placeholder="-30"
        />
      ) : (
        <Field {...field('distance')} label={t('form.pointDistance')} inputMode="decimal" />
      )}
      <RemoveButton label={spot.name} remove={remove} />
    </li>
  );
}

function fieldsOf<Row extends PlaceDraft>(state: FormState, kind: string, row: Row) {
  return (key: keyof Row & string) => {
    const name = `${kind}.${row.key}.${key}`;
    return { name, defaultValue: typedOr(state, name, String(row[key])), error: fieldError(state, name) };
  };
}

function AddButton({ label, add }: { label: string; add(): void }) {
  return (
    <p>
      <button type="button" className="button" onClick={add}>
        <Icon name="plus" />
        {label}
      </button>
    </p>
  );
}

function RemoveButton({ label, remove }: { label: string; remove(): void }) {
  const t = useTranslations('pro');
  return (
    <button
      type="button"
      className="button"
      data-kind="icon"
      aria-label={t('form.remove', { name: label || t('form.row') })}
      title={t('form.remove', { name: label || t('form.row') })}
      onClick={remove}
    >
      <Icon name="trash" />
    </button>
  );
}
