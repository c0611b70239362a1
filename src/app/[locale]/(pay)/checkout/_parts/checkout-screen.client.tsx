'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from '#ui/Icon.tsx';

export type Step = 0 | 1 | 2;

/** The form; the title of a step that was just opened takes the focus, so that it is read out. */
export function useShownStep(step: Step) {
  const form = useRef<HTMLFormElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) form.current?.querySelector<HTMLElement>(`#step-${step}`)?.focus();
    before.current = step;
  }, [step]);
  return form;
}

interface ScreenProps {
  step: Step;
  now: Step;
  label: string;
  title: string;
  children: ReactNode;
}

export function Screen({ step, now, label, title, children }: ScreenProps) {
  const off = step !== now;
  return (
    <section
      className="screen"
      data-off={off ? '' : undefined}
      data-only={off ? undefined : ''}
      aria-labelledby={`step-${step}`}
    >
      <p className="step">{label}</p>
      <h1 id={`step-${step}`} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </section>
  );
}

export function NextButton({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button
      type="button"
      className="button"
      data-kind="primary"
      data-wide=""
      data-script=""
      onClick={onPress}
    >
      {label}
    </button>
  );
}

interface DoneStepProps {
  said: string;
  edit: string;
  label: string;
  onEdit: () => void;
}

export function DoneStep({ said, edit, label, onEdit }: DoneStepProps) {
  return (
    <li>
      <Icon name="check" />
      <span>{said}</span>
      <button type="button" className="act" aria-label={label} onClick={onEdit}>
        {edit}
      </button>
    </li>
  );
}
