'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef, useState } from 'react';
import { type FormState, fieldError, IDLE, typedOr } from '#app/_web/form.ts';
import { FormMessage } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { useRows } from '../../../_parts/event-rows.client.tsx';
import { saveOffer, simulateDraft } from '../actions.ts';
import type { OfferDraft } from './offer-draft.ts';
import { DiscountRows, PackRows, TierRows } from './offer-rows.client.tsx';
import { SellingChoice } from './selling-choice.client.tsx';
import type { Simulation } from './simulate-offer.ts';
import { SimulationPanel } from './simulation-panel.client.tsx';
import { useSimulation } from './use-simulation.client.ts';

interface OfferFormProps {
  eventId: string;
  draft: OfferDraft;
  /** The event's place in words: until when the pre-sale runs, by which clocks, in which money. */
  facts: { preSaleUntil: string; zone: string; currency: string };
  /** Of the prices as they are stored. */
  simulation: Simulation;
}

/** All prices of an event in one form, and beside it what they make a runner pay, saved or not. */
export function OfferForm(props: OfferFormProps) {
  const [state, send] = useActionState(saveOffer, IDLE);
  const locale = useLocale();
  return (
    <form action={send} className="stack" noValidate>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="eventId" value={props.eventId} />
      <FormMessage state={state} />
      {/* What was saved comes back as the draft: rows and fields are made anew from it. */}
      <OfferFields {...props} state={state} key={JSON.stringify(props.draft)} />
    </form>
  );
}

function OfferFields({ draft, facts, simulation, state }: OfferFormProps & { state: FormState }) {
  const t = useTranslations('prices');
  const [selling, setSelling] = useState(typedOr(state, 'selling', draft.selling));
  const packs = useRows(draft.packs);
  const tiers = useRows(draft.tiers);
  const discounts = useRows(draft.discounts);
  const box = useRef<HTMLDivElement>(null);
  const simulated = useSimulation(simulation, simulateDraft);
  const { follow } = simulated;
  const drawn = [packs, tiers, discounts].flatMap(({ rows }) => rows.map(({ key }) => key)).join();
  const before = useRef(drawn);
  // A row that came or went changes the draft, and no field tells of it.
  useEffect(() => {
    if (before.current !== drawn) follow(box.current?.closest('form'));
    before.current = drawn;
  }, [drawn, follow]);
  return (
    <div className="split prices">
      {/* A refusal makes the fields anew, with what was typed. */}
      <div
        className="stack"
        key={state.state === 'refused' ? state.id : ''}
        ref={box}
        onInput={() => follow(box.current?.closest('form'))}
      >
        <section className="panel stack" aria-labelledby="selling">
          <h2 id="selling">{t('selling.title')}</h2>
          <SellingChoice {...{ state, draft, selling, setSelling }} />
        </section>
        {/* A refusal may be of a price that counts for nothing now: it must be seen to be put right. */}
        <div className="stack" hidden={(selling === 'off' || selling === 'free') && !hasFaults(state)}>
          <SinglePrices {...{ state, draft, facts, selling }} />
          <section className="panel stack" aria-labelledby="packs">
            <h2 id="packs">{t('packs.title')}</h2>
            <p className="muted small">{t('packs.lead')}</p>
            <PackRows state={state} rows={packs} />
          </section>
          <section className="panel stack" aria-labelledby="tiers">
            <h2 id="tiers">{t('tiers.title')}</h2>
            <p className="muted small">{t('tiers.lead')}</p>
            <TierRows state={state} rows={tiers} />
          </section>
          <section className="panel stack" aria-labelledby="discounts">
            <h2 id="discounts">{t('discounts.title')}</h2>
            <p className="muted small">{t('discounts.lead', { zone: facts.zone })}</p>
            <DiscountRows state={state} rows={discounts} />
          </section>
        </div>
        <div className="form-foot">
          <SubmitButton pending={t('pending')}>{t('save')}</SubmitButton>
        </div>
      </div>
      <SimulationPanel {...simulated} />
    </div>
  );
}

type SingleProps = Pick<OfferFormProps, 'draft' | 'facts'> & { state: FormState; selling: string };

function SinglePrices({ state, draft, facts, selling }: SingleProps) {
  const t = useTranslations('prices.single');
  const field = (name: 'original' | 'web' | 'allPhotos' | 'preSale' | 'wholeEvent') => ({
    name,
    inputMode: 'decimal' as const,
    label: t(name),
    defaultValue: typedOr(state, name, draft[name]),
    error: fieldError(state, name),
  });
  return (
    <section className="panel stack" aria-labelledby="single">
      <h2 id="single">{t('title')}</h2>
      <p className="muted small">{t('lead', { currency: facts.currency })}</p>
      <div className="fields">
        <Field {...field('original')} help={t('originalHelp')} required />
        <div hidden={selling === 'sponsored'}>
          <Field {...field('web')} help={t('webHelp')} />
        </div>
        <Field {...field('allPhotos')} help={t('allPhotosHelp')} required />
        <Field {...field('preSale')} help={t('preSaleHelp', { instant: facts.preSaleUntil })} />
        <Field {...field('wholeEvent')} help={t('wholeEventHelp')} />
      </div>
    </section>
  );
}

function hasFaults(state: FormState): boolean {
  return state.state === 'refused' && Object.keys(state.fields).length > 0;
}
